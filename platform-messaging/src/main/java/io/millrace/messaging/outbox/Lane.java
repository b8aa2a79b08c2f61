package io.millrace.messaging.outbox;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * What a failing send holds back: the records of one topic whose keys share a lane.
 *
 * <p>The lane is the hash by which Kafka's default partitioner chooses a partition, modulo 60. As 60 is a multiple of the
 * catalogue's six partitions, a lane lies within one partition, and a partition that is away holds back ten lanes.
 */
final class Lane {

    private static final int COUNT = 60;

    private Lane() {}

    static int of(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % COUNT;
    }
}
