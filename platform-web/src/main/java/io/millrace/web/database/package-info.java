/** Keeps HTTP answering in bounded time while the database does not. */
@NullMarked
package io.millrace.web.database;

import org.jspecify.annotations.NullMarked;
