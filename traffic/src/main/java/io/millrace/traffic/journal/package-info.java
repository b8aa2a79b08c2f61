/** What an actor of the outside world must not forget: a durable map of keys to small documents, kept as an append-only log. */
@NullMarked
package io.millrace.traffic.journal;

import org.jspecify.annotations.NullMarked;
