/** Kafka plumbing of a service: how events leave and enter it. What is said here holds for every service. */
@NullMarked
package io.millrace.messaging;

import org.jspecify.annotations.NullMarked;
