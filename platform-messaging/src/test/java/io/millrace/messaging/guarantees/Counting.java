package io.millrace.messaging.guarantees;

import io.millrace.events.Event;
import io.millrace.events.Retention;
import io.millrace.events.Topic;
import java.time.Duration;

/** What the guarantees' topic carries. */
public sealed interface Counting extends Event permits Counted {

    /** The topic the guarantees are shown on. */
    Topic<Counting> TOPIC = new Topic<>(
            "guarantees.counted.v1",
            Counting.class,
            "aggregate",
            6,
            new Retention.Kept(Duration.ofDays(1)),
            "guarantees");

    /** The group that applies what the topic carries. */
    String GROUP = "guarantees.counter";
}
