/** What messaging promises, held against processes that are killed in the middle of their work. */
@NullMarked
package io.millrace.messaging.guarantees;

import org.jspecify.annotations.NullMarked;
