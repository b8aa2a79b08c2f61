package io.millrace.fraud.scoring.topology;

import io.millrace.events.Money;
import io.millrace.fraud.scoring.AmountStatistics;
import io.millrace.fraud.scoring.CustomerHistory;
import io.millrace.fraud.scoring.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Histories as they stand in the store and its changelog: fixed-width binary, big-endian, led by a version byte.
 *
 * <p>Size: {@value #HEADER} bytes, {@value #STATISTICS} for each currency (at most {@value CustomerHistory#CURRENCIES}) and
 * {@value #TRANSACTION} for each transaction remembered (at most {@value CustomerHistory#CAPACITY}). A customer of ten
 * orders in one currency takes 702 bytes, the busiest one 8,364; the store adds about 150 for key and node. A later version
 * reads every earlier one, as a changelog outlives releases.
 */
final class HistoryCodec {

    static final int HEADER = 1 + 8 + 8 + 1 + 1;
    static final int STATISTICS = 3 + 8 + 8 + 8 + 8 + 8;
    static final int TRANSACTION = 16 + 8 + 8 + 3 + 4 + 2 + 8 + 8 + 8;

    private static final byte VERSION = 1;

    private HistoryCodec() {}

    /** The codec as Streams takes it; null stands for a removed history. */
    static Serde<CustomerHistory> serde() {
        return Serdes.serdeFrom(
                (topic, history) -> history == null ? null : write(history),
                (topic, bytes) -> bytes == null ? null : read(bytes));
    }

    static byte[] write(CustomerHistory history) {
        ByteBuffer out = ByteBuffer.allocate(HEADER
                + STATISTICS * history.amounts().size()
                + TRANSACTION * history.recent().size());
        out.put(VERSION);
        write(out, history.firstSeenAt());
        write(out, history.forgottenUpTo());
        out.put((byte) history.amounts().size());
        out.put((byte) (history.recent().size() - 1)); // 1 to 128 in one signed byte
        history.amounts().forEach(amounts -> write(out, amounts));
        history.recent().forEach(transaction -> write(out, transaction));
        return out.array();
    }

    /** @throws IllegalStateException when a later release wrote it */
    static CustomerHistory read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "a customer's history is of version " + version + ", which this release can't read");
        }
        Instant firstSeenAt = instant(in);
        Instant forgottenUpTo = instant(in);
        int currencies = in.get();
        int transactions = in.get() + 1;
        List<AmountStatistics> amounts = new ArrayList<>(currencies);
        for (int i = 0; i < currencies; i++) {
            amounts.add(amounts(in));
        }
        List<Transaction> recent = new ArrayList<>(transactions);
        for (int i = 0; i < transactions; i++) {
            recent.add(transaction(in));
        }
        return new CustomerHistory(firstSeenAt, forgottenUpTo, amounts, recent);
    }

    private static void write(ByteBuffer out, AmountStatistics amounts) {
        write(out, amounts.currency());
        out.putLong(amounts.count());
        out.putDouble(amounts.weight());
        out.putDouble(amounts.mean());
        out.putDouble(amounts.squares());
        write(out, amounts.at());
    }

    private static AmountStatistics amounts(ByteBuffer in) {
        return new AmountStatistics(
                text(in, 3), in.getLong(), in.getDouble(), in.getDouble(), in.getDouble(), instant(in));
    }

    private static void write(ByteBuffer out, Transaction transaction) {
        out.putLong(transaction.orderId().getMostSignificantBits());
        out.putLong(transaction.orderId().getLeastSignificantBits());
        write(out, transaction.at());
        out.putLong(transaction.amount().minorUnits());
        write(out, transaction.amount().currency());
        out.putInt(transaction.units());
        write(out, transaction.country());
        out.putLong(transaction.payment());
        out.putLong(transaction.address());
        out.putLong(transaction.device());
    }

    private static Transaction transaction(ByteBuffer in) {
        return new Transaction(
                new UUID(in.getLong(), in.getLong()),
                instant(in),
                new Money(in.getLong(), text(in, 3)),
                in.getInt(),
                text(in, 2),
                in.getLong(),
                in.getLong(),
                in.getLong());
    }

    /** Codes of currencies and countries: capital letters only, as their records see to. */
    private static void write(ByteBuffer out, String code) {
        for (int i = 0; i < code.length(); i++) {
            out.put((byte) code.charAt(i));
        }
    }

    private static String text(ByteBuffer in, int length) {
        byte[] letters = new byte[length];
        in.get(letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }

    /** In microseconds, the precision of {@link Transaction#at()}: until the year 294247. */
    private static void write(ByteBuffer out, Instant time) {
        out.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    private static Instant instant(ByteBuffer in) {
        return Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
    }
}
