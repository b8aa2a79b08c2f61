package io.millrace.recommendation.clickstream;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How clicks are taken in, {@code millrace.recommendation.clicks.*}.
 *
 * @param batch clicks of one request, 1 to 500; larger ones are answered 413
 * @param inFlight clicks of all requests that may wait for the brokers, 500 to 1,000,000; requests beyond are answered 503.
 *     At about 500 bytes each, this bounds the memory that slow brokers cost
 */
@Validated
@ConfigurationProperties("millrace.recommendation.clicks")
public record ClickProperties(
        @DefaultValue("500") @Min(1) @Max(500) int batch,
        @DefaultValue("20000") @Min(500) @Max(1_000_000) int inFlight) {}
