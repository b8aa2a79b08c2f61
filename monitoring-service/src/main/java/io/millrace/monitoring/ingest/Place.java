package io.millrace.monitoring.ingest;

/** A partition of a topic. */
public record Place(String topic, int partition) {}
