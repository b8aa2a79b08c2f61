package io.millrace.telemetry.trace;

import io.millrace.telemetry.ship.ServiceIdentity;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;

/** Spans as an export request. */
public final class SpanRequests {

    private final Resource resource;
    private final InstrumentationScope scope;

    /** Requests of one service. */
    public SpanRequests(ServiceIdentity service) {
        this.resource = service.resource();
        this.scope = InstrumentationScope.newBuilder()
                .setName("io.millrace.telemetry")
                .build();
    }

    /** The request that holds these spans. */
    public ExportTraceServiceRequest of(List<Span> spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource)
                        .addScopeSpans(ScopeSpans.newBuilder().setScope(scope).addAllSpans(spans)))
                .build();
    }
}
