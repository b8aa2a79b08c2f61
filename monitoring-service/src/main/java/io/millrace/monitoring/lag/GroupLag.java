package io.millrace.monitoring.lag;

/**
 * How far a consumer group is behind on a topic.
 *
 * @param records not yet read, all partitions together; never negative
 * @param state {@code consuming}, {@code stopped} (no live member), or {@code unknown} (the brokers have not been heard of
 *     for a while)
 */
public record GroupLag(String group, String topic, long records, String state) {

    /** The group has live members. */
    public static final String CONSUMING = "consuming";

    /** The group has none; what is written meanwhile adds to its lag. */
    public static final String STOPPED = "stopped";

    /** Neither is known now. */
    public static final String UNKNOWN = "unknown";

    /**
     * Records a group has still to read of a partition.
     *
     * @param committed where the group goes on; negative where it has not begun
     * @param begin the oldest record that is kept
     * @param end where the next record will stand; read after {@code committed}
     */
    public static long behind(long committed, long begin, long end) {
        // Beyond the end lies only what was committed for an earlier topic of the name: the group begins anew.
        boolean begins = committed < 0 || committed > end;
        return Math.max(0, end - (begins ? begin : Math.max(committed, begin)));
    }
}
