package io.millrace.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples of W3C Trace Context, level 1, section 3.2. */
class TraceContextTest {

    private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void readsAndWritesAHeader() {
        TraceContext context = TraceContext.parse(SAMPLED).orElseThrow();

        assertThat(context.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(context.spanHex()).isEqualTo("00f067aa0ba902b7");
        assertThat(context.sampled()).isTrue();
        assertThat(context.traceparent()).isEqualTo(SAMPLED);
        assertThat(context.traceBytes().size()).isEqualTo(16);
        assertThat(context.spanBytes().byteAt(1)).isEqualTo((byte) 0xf0);
    }

    @Test
    void readsWhatIsNotSampled() {
        String header = SAMPLED.replace("-01", "-00");

        assertThat(TraceContext.parse(header).orElseThrow().sampled()).isFalse();
        assertThat(TraceContext.parse(header).orElseThrow().traceparent()).isEqualTo(header);
    }

    @Test
    void readsWhatItKnowsOfALaterVersion() {
        assertThat(TraceContext.parse("cc" + SAMPLED.substring(2) + "-what-the-future-will-be-like"))
                .map(TraceContext::traceId)
                .contains("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
                "\u0000\u0000-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            })
    void takesAnythingElseForNoTrace(@Nullable String header) {
        assertThat(TraceContext.parse(header)).isEmpty();
    }
}
