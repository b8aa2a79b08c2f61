package io.millrace.traffic.journal;

/**
 * The journal can't take or give an entry: the disk failed, too many entries wait for it, or it is closed. After a failed
 * write the journal refuses everything until it is opened anew, since what reached the disk is then known to a reader of
 * the files only.
 */
public final class JournalException extends RuntimeException {

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
