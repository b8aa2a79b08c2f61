package io.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.catalogue.Topics;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {

    static List<Topic<? extends Event>> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void isNamedByOwnersWordStreamAndVersion(Topic<? extends Event> topic) {
        assertThat(topic.name()).matches("[a-z]+\\.[a-z]+\\.v[1-9][0-9]*");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void hasAsManyPartitionsAsEveryOtherSoThatTheyCanBeJoined(Topic<? extends Event> topic) {
        assertThat(topic.partitions()).isEqualTo(Topics.PARTITIONS);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void isKeptForAMonthOrForAsLongAsAKeyIsCurrent(Topic<? extends Event> topic) {
        boolean behaviour = topic.owner().equals("recommendation-service");
        switch (topic.retention()) {
            case Retention.Kept(Duration age) -> assertThat(age).isEqualTo(Duration.ofDays(behaviour ? 14 : 30));
            case Retention.Compacted() -> assertThat(topic.key()).isEqualTo("sku");
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void isOwnedByTheServiceWhosePackageHoldsItsEvents(Topic<? extends Event> topic) {
        assertThat(topic.owner()).endsWith("-service");
        assertThat(topic.contract().getPackageName() + "-service").endsWith(".events." + topic.owner());
    }

    @Test
    void listsEveryTopicOnceInTheOrderOfTheirNames() throws IllegalAccessException {
        List<String> declared = new ArrayList<>();
        for (Field field : Topics.class.getFields()) {
            if (field.get(null) instanceof Topic<?> topic) {
                declared.add(topic.name());
            }
        }
        assertThat(Topics.all())
                .extracting(Topic::name)
                .isNotEmpty()
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void givesEveryEventANameOfItsOwn() {
        List<String> names = Topics.all().stream()
                .flatMap(topic -> topic.types().keySet().stream())
                .toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(\\.[a-z]+(-[a-z]+)*)+"));
    }

    @Test
    void findsAnEventByItsNameAndNoOther() {
        assertThat(Topics.ORDER_EVENTS.type("order.placed")).isPresent();
        assertThat(Topics.ORDER_EVENTS.type("payment.authorised")).isEmpty();
    }

    @Test
    void namesDeadLettersByGroupAndTopic() {
        assertThat(Topics.ORDER_EVENTS.deadLetters("inventory-service.reserve-stock"))
                .isEqualTo("inventory-service.reserve-stock.order.events.v1.dlt");
    }

    @Test
    void refusesAnEnvelopeWithoutSequenceOrSubject() {
        assertThatThrownBy(() -> envelope("order", 0)).hasMessageContaining("sequence");
        assertThatThrownBy(() -> envelope(" ", 1)).hasMessageContaining("subject");
    }

    @Test
    void addsMoneyOfOneCurrencyOnly() {
        assertThat(new Money(150, "EUR").plus(new Money(50, "EUR")).times(3)).isEqualTo(new Money(600, "EUR"));
        assertThatThrownBy(() -> new Money(1, "EUR").plus(new Money(1, "GBP"))).hasMessageContaining("EUR and GBP");
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE, "EUR").times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(1, "euro")).hasMessageContaining("ISO 4217");
    }

    private static Envelope envelope(String subject, long sequence) {
        return new Envelope(
                new UUID(0, 1), "order.placed", "order-service", Instant.EPOCH, subject, sequence, "order", null, null);
    }
}
