package io.millrace.order.groupcommit;

/** Too much waits to be written, or the process is stopping: nothing was done, the caller may try again. */
public final class QueueFullException extends RuntimeException {

    QueueFullException(String name) {
        super(name + " takes nothing more at the moment");
    }
}
