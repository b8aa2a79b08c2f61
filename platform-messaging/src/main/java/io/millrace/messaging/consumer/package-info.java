/** Getting events in: one database transaction per poll, failures classified once, dead letters. */
@NullMarked
package io.millrace.messaging.consumer;

import org.jspecify.annotations.NullMarked;
