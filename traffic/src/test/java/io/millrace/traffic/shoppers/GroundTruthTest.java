package io.millrace.traffic.shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundTruthTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private final Tally tally = new Tally();

    @Test
    void writesALineForEachFraudulentOrder() throws IOException {
        Path file = folder.resolve("new/fraud.ndjson");
        GroundTruth truth = new GroundTruth(file, 10_000, tally);
        truth.label("o-1", "v-1", FraudKind.CARD_TESTING, AT);
        truth.label("o-2", "v-2", FraudKind.ACCOUNT_TAKEOVER, AT);
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"orderId\":\"o-1\",\"visitorId\":\"v-1\",\"kind\":\"card-testing\","
                                + "\"at\":\"2026-03-01T12:00:00Z\"}",
                        "{\"orderId\":\"o-2\",\"visitorId\":\"v-2\",\"kind\":\"account-takeover\","
                                + "\"at\":\"2026-03-01T12:00:00Z\"}");
    }

    @Test
    void keepsTheNewestWithinABoundOverRestarts() throws IOException {
        Path file = folder.resolve("fraud.ndjson");
        for (int i = 0; i < 100; i++) {
            new GroundTruth(file, 1_000, tally).label("o-" + i, "v", FraudKind.CARD_TESTING, AT);
        }
        List<String> newest = Files.readAllLines(file);
        List<String> before = Files.readAllLines(folder.resolve("fraud.ndjson.1"));
        assertThat(Files.size(file)).isLessThanOrEqualTo(1_000);
        assertThat(Files.size(folder.resolve("fraud.ndjson.1"))).isLessThanOrEqualTo(1_000);
        assertThat(folder).isDirectoryNotContaining("regex:.*\\.2");
        assertThat(newest.getLast()).contains("\"o-99\"");
        assertThat(before.getLast()).contains("\"o-" + (99 - newest.size()) + "\"");
    }

    @Test
    void countsWhatCantBeWritten() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        new GroundTruth(blocked.resolve("fraud.ndjson"), 1_000, tally).label("o-1", "v", FraudKind.CARD_TESTING, AT);
        assertThat(tally.of(Tally.Count.LABELS_LOST)).isEqualTo(1);
    }
}
