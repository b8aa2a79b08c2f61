package io.millrace.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of HTTP.
 *
 * @param maxBody largest request body of a route that sets no limit of its own; larger ones are answered 413
 * @param maxJsonDepth how deep a body's arrays and objects may be nested, 1 to 500; deeper ones are answered 400
 * @param databaseDeadline longest wait for a read of the database before it is answered 503; below 2 s, within which a
 *     paused database must be answered
 * @param databaseReads reads that may be under way at once, 1 to 1,000; those beyond wait within the same deadline. More
 *     than the connection pool holds, so that the pool and not this limit decides; few enough that reads stuck in a
 *     paused database stay few
 * @param drain how long a service that is told to end goes on taking requests while it calls itself unready: two of the
 *     intervals at which whatever is in front asks. 0 where nothing is in front
 */
@Validated
@ConfigurationProperties("millrace.web")
public record WebProperties(
        @DefaultValue("64KB") DataSize maxBody,
        @DefaultValue("32") @Min(1) @Max(500) int maxJsonDepth,
        @DefaultValue("1500ms") Duration databaseDeadline,
        @DefaultValue("64") @Min(1) @Max(1000) int databaseReads,
        @DefaultValue("0s") Duration drain) {}
