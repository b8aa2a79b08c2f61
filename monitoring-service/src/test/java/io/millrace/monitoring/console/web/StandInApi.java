package io.millrace.monitoring.console.web;

import io.millrace.web.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Answers as the service does, with made-up figures. */
@RestController
class StandInApi {

    static final int LINES = 230;

    private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor();
    private final Set<SseEmitter> watching = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    StandInApi() {
        pulse.scheduleAtFixedRate(() -> watching.forEach(this::send), 1, 1, TimeUnit.SECONDS);
    }

    /** Ends every connection and takes no new one until told to. */
    void goAway() {
        away = true;
        watching.forEach(SseEmitter::complete);
        watching.clear();
    }

    void comeBack() {
        away = false;
    }

    @GetMapping(path = "/api/ops/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live() {
        if (away) {
            throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Not now")
                    .toException();
        }
        SseEmitter emitter = new SseEmitter(0L);
        send(emitter);
        watching.add(emitter);
        return emitter;
    }

    @GetMapping("/api/ops/journeys/{orderId}")
    Map<String, Object> journey(@PathVariable UUID orderId) {
        if (!orderId.equals(Samples.ORDER)) {
            throw Problem.notFound("journey-not-found", "Nothing is known of this order")
                    .toException();
        }
        return Samples.journey();
    }

    @GetMapping("/api/ops/logs")
    Map<String, Object> logs(
            @RequestParam Optional<String> text, @RequestParam int limit, @RequestParam Optional<Integer> cursor) {
        int from = cursor.orElse(0);
        int all = text.isPresent() && text.get().equals("nothing") ? 0 : LINES;
        List<Map<String, Object>> items = Samples.logs(from, Math.min(from + limit, all));
        Map<String, Object> page = Samples.row("items", items);
        page.put("nextCursor", from + limit < all ? String.valueOf(from + limit) : null);
        return page;
    }

    @PreDestroy
    void stop() {
        pulse.shutdownNow();
    }

    private void send(SseEmitter emitter) {
        try {
            emitter.send(SseEmitter.event().name("summary").data(Samples.summary(), MediaType.APPLICATION_JSON));
        } catch (IOException | IllegalStateException gone) {
            watching.remove(emitter);
        }
    }
}
