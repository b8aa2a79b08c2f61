package io.millrace.monitoring;

import static io.millrace.monitoring.telemetry.Otlp.text;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.monitoring.OpsApi.Answer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What happened to an order. */
class JourneyIT extends MonitoringIT {

    @Test
    void showsEverythingThatHappenedToAnOrderInItsOrder() {
        UUID placed = SHOP.place(order, now);
        UUID reserved = SHOP.reserve(order, now.minusMillis(20), placed); // another machine's clock
        UUID confirmed = SHOP.confirm(order, now.plusMillis(150), reserved);
        UUID wrapped = SHOP.tellOfSomethingNew(order, now.plusMillis(200), confirmed);
        log("took the order", SEVERITY_NUMBER_INFO, text("orderId", order.toString()), text("attempt", "1"));

        Answer journey = await().atMost(SOON)
                .until(
                        () -> api.get("/api/ops/journeys/" + order),
                        answer -> answer.at("/events").size() == 4
                                && answer.at("/logs").size() == 1);

        assertThat(texts(journey.at("/events"), "id"))
                .containsExactly(placed.toString(), reserved.toString(), confirmed.toString(), wrapped.toString());
        assertThat(texts(journey.at("/events"), "type"))
                .containsExactly("order.placed", "stock.reserved", "order.confirmed", "order.gift-wrapped");
        assertThat(texts(journey.at("/events"), "topic"))
                .containsExactly("order.events.v1", "inventory.reservations.v1", "order.events.v1", "order.events.v1");
        assertThat(journey.at("/orderId").asString()).isEqualTo(order.toString());
        assertThat(journey.at("/startedAt").asString())
                .isEqualTo(now.minusMillis(20).toString());
        assertThat(journey.at("/endedAt").asString())
                .isEqualTo(now.plusMillis(150).toString());
        assertThat(journey.at("/events/0/causationId").isNull()).isTrue();
        assertThat(journey.at("/events/1/causationId").asString()).isEqualTo(placed.toString());
        assertThat(journey.at("/events/2/sincePreviousMillis").asLong()).isEqualTo(170);
        assertThat(journey.at("/events/2/sequence").asLong()).isEqualTo(2);
        assertThat(journey.at("/events/2/traceId").asString()).isEqualTo(TRACE);
        assertThat(journey.at("/events/2/data/total/minorUnits").asLong()).isEqualTo(100);
        assertThat(journey.at("/events/3/data/paper/colour").asString()).isEqualTo("red");
        assertThat(journey.at("/logs/0/message").asString()).isEqualTo("took the order");
        assertThat(journey.at("/logs/0/attributes/attempt").asString()).isEqualTo("1");
    }

    @Test
    void knowsNothingOfAnOrderThatNobodyHeardOf() {
        Answer answer = api.get("/api/ops/journeys/" + order);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.at("/code").asString()).isEqualTo("journey-not-found");
    }
}
