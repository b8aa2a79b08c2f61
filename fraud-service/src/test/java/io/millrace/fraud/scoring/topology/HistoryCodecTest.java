package io.millrace.fraud.scoring.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.Money;
import io.millrace.fraud.scoring.AmountStatistics;
import io.millrace.fraud.scoring.CustomerHistory;
import io.millrace.fraud.scoring.Transaction;
import io.millrace.fraud.scoring.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryCodecTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 127, 128, 200})
    void readsBackWhatItWrote(int transactions) {
        Random random = new Random(transactions);
        List<Transaction> all = new ArrayList<>();
        for (int i = 0; i < transactions; i++) {
            all.add(Transactions.any(random, Duration.ofHours(20)));
        }
        all.sort((one, other) -> one.at().compareTo(other.at()));
        CustomerHistory history = Transactions.after(all);

        assertThat(HistoryCodec.read(HistoryCodec.write(history))).isEqualTo(history);
    }

    @Test
    void keepsMicrosecondsAndExtremes() {
        Transaction extreme = new Transaction(
                new UUID(-1, Long.MIN_VALUE),
                Instant.parse("9999-12-31T23:59:59.999999Z"),
                new Money(Long.MAX_VALUE, "ZZZ"),
                Integer.MAX_VALUE,
                "ZZ",
                Long.MIN_VALUE,
                -1,
                Long.MAX_VALUE);
        CustomerHistory history = Transactions.after(List.of(extreme));

        assertThat(HistoryCodec.read(HistoryCodec.write(history))).isEqualTo(history);
    }

    @Test
    void takesTheRoomItSays() {
        CustomerHistory history = Transactions.after(
                List.of(Transactions.orderAt(Transactions.NOON), Transactions.orderAt(Transactions.NOON)));

        assertThat(HistoryCodec.write(history)).hasSize(19 + 43 + 2 * 65);
    }

    /** A value as release 0.1 wrote it: every later release must go on reading it. */
    @Test
    void readsVersionOne() {
        String stored = "0100064bf535af1001000649b7e334e00001004742500000000000000003400400000000000040208000000000"
                + "003fc000000000000000064c09538670000195543f8a007000800000000000000100064c095386700000000000"
                + "00000fa0474250000000024945000000000000000b000000000000000c0000000000000000";
        CustomerHistory expected = new CustomerHistory(
                Instant.parse("2026-03-01T12:00:00.000001Z"),
                Instant.parse("2026-02-01T00:00:00Z"),
                List.of(new AmountStatistics("GBP", 3, 2.5, 8.25, 0.125, Instant.parse("2026-03-02T12:00:00Z"))),
                List.of(new Transaction(
                        UUID.fromString("0195543f-8a00-7000-8000-000000000001"),
                        Instant.parse("2026-03-02T12:00:00Z"),
                        new Money(4000, "GBP"),
                        2,
                        "IE",
                        11,
                        12,
                        0)));

        assertThat(HexFormat.of().formatHex(HistoryCodec.write(expected))).isEqualTo(stored);
        assertThat(HistoryCodec.read(HexFormat.of().parseHex(stored))).isEqualTo(expected);
    }

    @Test
    void refusesAVersionItDoesNotKnow() {
        byte[] bytes = HistoryCodec.write(Transactions.after(List.of(Transactions.orderAt(Transactions.NOON))));
        bytes[0] = 2;

        assertThatThrownBy(() -> HistoryCodec.read(bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 2");
    }
}
