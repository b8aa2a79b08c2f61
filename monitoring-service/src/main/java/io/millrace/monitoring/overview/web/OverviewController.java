package io.millrace.monitoring.overview.web;

import io.millrace.monitoring.overview.LiveFeed;
import io.millrace.monitoring.overview.OverviewProperties;
import io.millrace.monitoring.overview.Summary;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** The summary, once or live. */
@RestController
class OverviewController {

    private static final Logger log = LoggerFactory.getLogger(OverviewController.class);
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(5);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);
    private static final MediaType UTF8 = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final LiveFeed feed;
    private final DatabaseDeadline deadline;
    private final OverviewProperties properties;
    private final JsonMapper json;

    OverviewController(LiveFeed feed, DatabaseDeadline deadline, OverviewProperties properties, JsonMapper json) {
        this.feed = feed;
        this.deadline = deadline;
        this.properties = properties;
        this.json = json;
    }

    @GetMapping("/api/ops/summary")
    Summary summary() {
        return deadline.read(feed::current);
    }

    @GetMapping("/api/ops/live")
    ResponseEntity<SseEmitter> live() {
        LiveFeed.Watch watch = feed.watch()
                .orElseThrow(
                        () -> Problem.unavailable("too-many-watchers", "As many watch live already as may", TRY_AGAIN)
                                .toException());
        // ours is the shorter end: a stream that the container cuts ends with an error
        SseEmitter emitter = new SseEmitter(
                properties.liveFor().plus(BETWEEN_SIGNS_OF_LIFE.multipliedBy(2)).toMillis());
        emitter.onCompletion(watch::close);
        emitter.onTimeout(watch::close);
        emitter.onError(_ -> watch.close());
        Thread.ofVirtual().name("live").start(() -> send(watch, emitter));
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no") // nginx would gather a stream before it passes it on
                .body(emitter);
    }

    private void send(LiveFeed.Watch watch, SseEmitter emitter) {
        long end = System.nanoTime() + properties.liveFor().toNanos();
        try (watch) {
            while (watch.isOpen() && System.nanoTime() - end < 0) {
                Optional<LiveFeed.Frame> frame = watch.next(BETWEEN_SIGNS_OF_LIFE);
                emitter.send(
                        frame.isPresent()
                                ? SseEmitter.event()
                                        .id(Long.toString(frame.get().number()))
                                        .name("summary")
                                        .data(
                                                json.writeValueAsString(
                                                        frame.get().summary()),
                                                UTF8)
                                : SseEmitter.event().comment("nothing new"));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.atDebug().log("a client that watched has gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        }
    }
}
