/** Streams plumbing, tried without and with a broker. */
@NullMarked
package io.millrace.streams;

import org.jspecify.annotations.NullMarked;
