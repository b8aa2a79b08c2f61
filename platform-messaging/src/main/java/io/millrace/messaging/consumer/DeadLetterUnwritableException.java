package io.millrace.messaging.consumer;

/** A record could be neither processed nor set aside: its partition waits. */
final class DeadLetterUnwritableException extends RuntimeException {

    DeadLetterUnwritableException(String topic, Throwable cause) {
        super("dead-letter topic " + topic + " can't be written", cause);
    }
}
