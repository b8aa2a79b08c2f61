package io.millrace.local.frontdoor;

import java.time.Duration;

/**
 * Bounds of the front door.
 *
 * @param heldBody bytes of a body that is read whole before it is sent on, so that a slow client occupies no instance and
 *     the request can be sent again; larger ones, and those of unknown length, are streamed
 * @param connections connections to one instance at most
 * @param waiting requests that may wait for a connection to an instance, beyond which the answer is 503
 * @param connect how long making a connection may take
 * @param silence how long either side may say nothing during an exchange
 * @param lastRequests how long requests under way may take to end when the front door is closed
 */
record FrontDoorLimits(
        int heldBody, int connections, int waiting, Duration connect, Duration silence, Duration lastRequests) {

    static FrontDoorLimits standard() {
        return new FrontDoorLimits(
                64 * 1024, 256, 2_048, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(5));
    }
}
