package io.millrace.events;

/**
 * A topic whose records are not Millrace's own events but bytes whose form another standard fixes.
 *
 * @param name the name that standard's tools expect
 * @param content what a record's value is
 * @param partitions number of partitions, at least 1
 * @param retention how long records are kept
 */
public record OpaqueTopic(String name, String content, int partitions, Retention retention) {

    /** Refuses fewer than one partition. */
    public OpaqueTopic {
        if (partitions < 1) {
            throw new IllegalArgumentException(name + ": partitions must be at least 1, was " + partitions);
        }
    }

    /** The topic that receives the records of this one that a consumer group could not process. */
    public String deadLetters(String group) {
        return group + "." + name + ".dlt";
    }
}
