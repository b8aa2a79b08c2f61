/**
 * A real Kafka broker and a real PostgreSQL as child processes, from Maven artefacts: no Docker, nothing to install.
 *
 * <p>{@link io.millrace.embedded.KafkaServer} and {@link io.millrace.embedded.PostgresServer} own their process; whoever
 * wants to own it instead takes the {@link io.millrace.embedded.ServerCommand} and runs that.
 */
@NullMarked
package io.millrace.embedded;

import org.jspecify.annotations.NullMarked;
