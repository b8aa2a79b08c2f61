/** The data directory: what lies where, who may use it, and what runs on it. */
@NullMarked
package io.millrace.local.data;

import org.jspecify.annotations.NullMarked;
