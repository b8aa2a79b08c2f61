package io.millrace.recommendation.limit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often one address may call, as nobody needs to log in; {@code millrace.recommendation.limit.*}. Clicks and
 * recommendations are counted apart, and clicks twice: the requests, before they are read, and what they hold.
 *
 * @param requestsPerSecond requests of an address in the long run, 1 to 100,000; those beyond are answered 429. Many
 *     visitors behind one gateway share an address: too low a figure locks them out
 * @param burst requests of an address at once after a pause, 1 to 1,000,000
 * @param clicksPerSecond clicks of an address in the long run, 1 to 1,000,000, whatever batches they come in; those beyond
 *     are answered 429, the whole batch of them. One address can fill no more of the clicks' topic than this times about
 *     500 bytes a second, 500 KB at 1,000
 * @param clickBurst clicks of an address at once after a pause, 500 (the largest batch) to 1,000,000
 * @param addresses addresses remembered, 100 to 1,000,000, at about 200 bytes each and three times over; one that is forgotten starts with a
 *     full burst again
 */
@Validated
@ConfigurationProperties("millrace.recommendation.limit")
public record LimitProperties(
        @DefaultValue("500") @Min(1) @Max(100_000) int requestsPerSecond,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int burst,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int clicksPerSecond,
        @DefaultValue("5000") @Min(500) @Max(1_000_000) int clickBurst,
        @DefaultValue("50000") @Min(100) @Max(1_000_000) int addresses) {}
