package io.millrace.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.Envelope;
import io.millrace.messaging.Message;
import io.millrace.messaging.Sample;
import io.millrace.telemetry.trace.Tracer;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConsumedTracesTest {

    private final List<Span> recorded = new ArrayList<>();
    private final ConsumedTraces traces =
            new ConsumedTraces(new Tracer(1, recorded::add, InstantSource.system()), "test.group");

    @Test
    void tellsOfTheFirstFailureAndOfTheSuccessHoweverOftenABatchIsTried() {
        List<Message<?>> batch = List.of(message(0), message(1));
        for (int i = 0; i < 5; i++) {
            fails(batch);
        }
        traces.during(batch.subList(0, 1), () -> {});
        fails(batch.subList(1, 2));
        traces.during(batch.subList(1, 2), () -> {});

        assertThat(recorded)
                .extracting(span -> span.getStatus().getCode())
                .containsExactly(
                        StatusCode.STATUS_CODE_ERROR,
                        StatusCode.STATUS_CODE_ERROR,
                        StatusCode.STATUS_CODE_UNSET,
                        StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void tellsOfEachRecordOfABatchThatSucceeds() {
        traces.during(List.of(message(0), message(1), message(2)), () -> {});

        assertThat(recorded).hasSize(3);
    }

    @Test
    void remembersABoundedNumberOfFailures() {
        fails(List.of(message(0)));
        for (int i = 1; i <= ConsumedTraces.REMEMBERED; i++) {
            fails(List.of(message(i)));
        }
        recorded.clear();

        fails(List.of(message(ConsumedTraces.REMEMBERED)));
        assertThat(recorded).isEmpty();
        fails(List.of(message(0)));
        assertThat(recorded).hasSize(1);
    }

    private void fails(List<Message<?>> batch) {
        assertThatThrownBy(() -> traces.during(batch, () -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");
    }

    private static Message<?> message(int offset) {
        Envelope envelope = new Envelope(
                UUID.randomUUID(),
                "test.noted",
                "test",
                Instant.EPOCH,
                "key",
                1,
                "key",
                null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        return new Message<>(
                Sample.topic("test.noted.v1"), "key", envelope, new Sample.Noted("key", offset), 0, offset);
    }
}
