package io.millrace.monitoring.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one process said of a metric with one set of attributes, oldest first. */
public record MetricSeries(String service, String instance, String kind, JsonNode attributes, List<Point> points) {

    /**
     * A point of a series.
     *
     * @param value the value; of a histogram or summary the sum of what was observed
     * @param count of a histogram or summary how often something was observed; else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Point(
            Instant time, double value, @Nullable Long count) {}
}
