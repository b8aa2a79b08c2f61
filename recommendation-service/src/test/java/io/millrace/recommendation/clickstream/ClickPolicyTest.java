package io.millrace.recommendation.clickstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.recommendation.ItemAddedToCart;
import io.millrace.events.recommendation.ItemViewed;
import io.millrace.events.recommendation.RecommendationClicked;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClickPolicyTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID ID = UUID.fromString("0b2f3f0a-7a6e-4f3e-9d43-0d8e3c1f5a10");

    @Test
    void takesEachTypeOfClick() {
        assertThat(judge(click("item-viewed", null, null, null)))
                .isEqualTo(new ClickVerdict.Taken(ID, new ItemViewed("v1", "TEA-1", NOON)));
        assertThat(judge(click("item-added-to-cart", 3, null, null)))
                .isEqualTo(new ClickVerdict.Taken(ID, new ItemAddedToCart("v1", "TEA-1", 3, NOON)));
        assertThat(judge(click("item-added-to-cart", null, null, null)))
                .isEqualTo(new ClickVerdict.Taken(ID, new ItemAddedToCart("v1", "TEA-1", 1, NOON)));
        assertThat(judge(click("recommendation-clicked", null, "r1", 2)))
                .isEqualTo(new ClickVerdict.Taken(ID, new RecommendationClicked("v1", "TEA-1", "r1", 2, NOON)));
    }

    @Test
    void takesNowForAClickWithoutATime() {
        assertThat(judge(new ReportedClick(ID.toString(), "item-viewed", "v1", "TEA-1", null, null, null, null)))
                .isEqualTo(new ClickVerdict.Taken(ID, new ItemViewed("v1", "TEA-1", NOON)));
    }

    @Test
    void takesClicksUpToTheEdgesOfItsTime() {
        assertThat(judge(at("2026-03-01T12:05:00Z"))).isInstanceOf(ClickVerdict.Taken.class);
        assertThat(judge(at("2026-02-28T12:00:00Z"))).isInstanceOf(ClickVerdict.Taken.class);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                refused(Refusal.EVENT_ID, "eventId", of(null, "item-viewed", "v1", "TEA-1")),
                refused(Refusal.EVENT_ID, "eventId", of("one", "item-viewed", "v1", "TEA-1")),
                refused(Refusal.EVENT_ID, "eventId", of("1-1-1-1-1", "item-viewed", "v1", "TEA-1")),
                refused(Refusal.EVENT_ID, "eventId", of("x".repeat(36), "item-viewed", "v1", "TEA-1")),
                refused(Refusal.TYPE, "type", of(ID.toString(), null, "v1", "TEA-1")),
                refused(Refusal.TYPE, "type", of(ID.toString(), "ITEM-VIEWED", "v1", "TEA-1")),
                refused(Refusal.VISITOR, "visitorId", of(ID.toString(), "item-viewed", null, "TEA-1")),
                refused(Refusal.VISITOR, "visitorId", of(ID.toString(), "item-viewed", "", "TEA-1")),
                refused(Refusal.VISITOR, "visitorId", of(ID.toString(), "item-viewed", " ", "TEA-1")),
                refused(Refusal.VISITOR, "visitorId", of(ID.toString(), "item-viewed", "v".repeat(65), "TEA-1")),
                refused(Refusal.VISITOR, "visitorId", of(ID.toString(), "item-viewed", "<script>", "TEA-1")),
                refused(Refusal.SKU, "sku", of(ID.toString(), "item-viewed", "v1", null)),
                refused(Refusal.SKU, "sku", of(ID.toString(), "item-viewed", "v1", "")),
                refused(Refusal.SKU, "sku", of(ID.toString(), "item-viewed", "v1", "S".repeat(65))),
                refused(Refusal.SKU, "sku", of(ID.toString(), "item-viewed", "v1", "tea\n1")),
                refused(Refusal.QUANTITY, "quantity", click("item-added-to-cart", 0, null, null)),
                refused(Refusal.QUANTITY, "quantity", click("item-added-to-cart", 1_001, null, null)),
                refused(Refusal.RECOMMENDATION, "recommendationId", click("recommendation-clicked", null, null, 1)),
                refused(Refusal.RECOMMENDATION, "position", click("recommendation-clicked", null, "r1", null)),
                refused(Refusal.RECOMMENDATION, "position", click("recommendation-clicked", null, "r1", 0)),
                refused(Refusal.TIME, "occurredAt", at("yesterday")),
                refused(Refusal.TIME, "occurredAt", at("2026-03-01T12:00:00")),
                refused(Refusal.FROM_THE_FUTURE, "occurredAt", at("2026-03-01T12:05:00.001Z")),
                refused(Refusal.FROM_THE_FUTURE, "occurredAt", at("+1000000000-12-31T23:59:59Z")),
                refused(Refusal.TOO_OLD, "occurredAt", at("2026-02-28T11:59:59.999Z")),
                refused(Refusal.TOO_OLD, "occurredAt", at("-1000000000-01-01T00:00:00Z")));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("bad")
    void refusesWhatIsWrong(Refusal reason, String field, ReportedClick click) {
        assertThat(judge(click)).isInstanceOfSatisfying(ClickVerdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.field()).isEqualTo(field);
            assertThat(refused.message()).startsWith("must ");
        });
    }

    private static ClickVerdict judge(ReportedClick click) {
        return ClickPolicy.judge(click, NOON);
    }

    private static Arguments refused(Refusal reason, String field, ReportedClick click) {
        return Arguments.of(reason, field, click);
    }

    private static ReportedClick of(
            @Nullable String id, @Nullable String type, @Nullable String visitor, @Nullable String sku) {
        return new ReportedClick(id, type, visitor, sku, null, null, null, NOON.toString());
    }

    private static ReportedClick at(String time) {
        return new ReportedClick(ID.toString(), "item-viewed", "v1", "TEA-1", null, null, null, time);
    }

    private static ReportedClick click(
            String type, @Nullable Integer quantity, @Nullable String recommendation, @Nullable Integer position) {
        return new ReportedClick(
                ID.toString(), type, "v1", "TEA-1", quantity, recommendation, position, NOON.toString());
    }
}
