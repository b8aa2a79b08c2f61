package io.millrace.messaging.outbox;

/** A lane of one topic. */
record LaneKey(String topic, int lane) {

    static LaneKey of(OutboxTable.Row row) {
        return new LaneKey(row.topic(), row.lane());
    }

    @Override
    public String toString() {
        return topic + "/" + lane;
    }
}
