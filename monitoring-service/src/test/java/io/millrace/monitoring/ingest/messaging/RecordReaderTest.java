package io.millrace.monitoring.ingest.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.UndecodableException;
import io.millrace.monitoring.ingest.Item;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {

    private static final int MOST = 100;

    private final RecordReader reader = new RecordReader(MOST);

    @ParameterizedTest
    @CsvSource({
        "clickstream.events.v1, clickstream.item-viewed, clickstream.item-viewed",
        "clickstream.events.v1, made.up, unknown",
        "clickstream.events.v1, order.placed, unknown",
        "recommendation.sessions.v1, session.item-visited, session.item-visited"
    })
    void countsWhatVisitorsDoByItsDeclaredTypeAndKeepsNothingOfIt(String topic, String type, String counted) {
        assertThat(reader.read(record(topic, type, "{}")).content()).isEqualTo(new Item.OfVisit(counted));
    }

    @Test
    void keepsWhatIsAboutAnOrder() {
        Item.Content read = reader.read(record(Topics.ORDER_EVENTS.name(), "order.placed", "{}"))
                .content();

        assertThat(read).isInstanceOfSatisfying(Item.OfEvent.class, event -> {
            assertThat(event.event().orderId()).isPresent();
            assertThat(event.fact()).isPresent();
        });
    }

    @Test
    void refusesAValueThatIsLargerThanItMayBe() {
        String fits = "\"" + "x".repeat(MOST - 2) + "\"";

        assertThat(reader.read(record("order.events.v1", "x", fits)).content()).isInstanceOf(Item.OfEvent.class);
        assertThatThrownBy(() -> reader.read(record("order.events.v1", "x", fits + " ")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("101");
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, String type, String value) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(topic, 0, 0, null, value.getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_correlationid", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
