package io.millrace.recommendation.sessions.topology;

import static io.millrace.recommendation.sessions.topology.Clicked.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.recommendation.sessions.SeenClicks;
import io.millrace.recommendation.sessions.Visitor;
import io.millrace.recommendation.sessions.Visitor.Stop;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisitorCodecTest {

    private static final Visitor PLAIN = new Visitor(
            NOON,
            NOON.minusSeconds(1),
            NOON.plusSeconds(2),
            2,
            List.of(new Stop("B", NOON.plusSeconds(2)), new Stop("A", NOON)),
            SeenClicks.of(1, -2));

    @Test
    void readsWhatItWrote() {
        assertThat(VisitorCodec.read(VisitorCodec.write(PLAIN))).isEqualTo(PLAIN);
    }

    @Test
    void readsTheLargestItCanWrite() {
        SeenClicks seen = SeenClicks.NONE;
        for (int i = 0; i < SeenClicks.CAPACITY + 10; i++) {
            seen = seen.with(i * 0x9E3779B97F4A7C15L);
        }
        List<Stop> recent = IntStream.range(0, Visitor.RECENT)
                .mapToObj(i -> new Stop("S".repeat(62) + (10 + i), NOON.minusSeconds(i)))
                .toList();
        Visitor busiest = new Visitor(NOON, NOON, NOON, Visitor.MOST_VISITS, recent, seen);

        byte[] bytes = VisitorCodec.write(busiest);

        assertThat(VisitorCodec.read(bytes)).isEqualTo(busiest);
        assertThat(bytes).hasSizeLessThan(2_600);
        assertThat(seen.size()).isEqualTo(SeenClicks.CAPACITY);
    }

    /** What an earlier release left in the changelog. */
    @Test
    void readsVersionOne() {
        String bytes = "01" + "0000019ca9637e00".repeat(3) + "0001" + "01" + "0141" + "0000019ca9637e00" + "0001"
                + "000000000000002a";

        Visitor visitor = VisitorCodec.read(HexFormat.of().parseHex(bytes));

        assertThat(visitor.recent()).extracting(Stop::sku).containsExactly("A");
        assertThat(visitor.visits()).isEqualTo(1);
        assertThat(visitor.seen().contains(42)).isTrue();
    }

    /** An earlier release remembered 1,024 clicks of a visitor. */
    @Test
    void readsMoreClicksThanItRemembersAsTheNewestOfThem() {
        StringBuilder bytes = new StringBuilder("01" + "0000019ca9637e00".repeat(3) + "0001" + "00" + "0400");
        for (int i = 1; i <= 1_024; i++) {
            bytes.append(HexFormat.of().toHexDigits((long) i));
        }

        SeenClicks seen =
                VisitorCodec.read(HexFormat.of().parseHex(bytes.toString())).seen();

        assertThat(seen.size()).isEqualTo(SeenClicks.CAPACITY);
        assertThat(seen.contains(1_024)).isTrue();
        assertThat(seen.contains(1)).isFalse();
    }

    @Test
    void refusesAVersionOfTheFuture() {
        assertThatThrownBy(() -> VisitorCodec.read(new byte[] {2})).hasMessageContaining("version 2");
    }
}
