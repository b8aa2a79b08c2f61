package io.millrace.telemetry.log;

import io.millrace.telemetry.ship.ServiceIdentity;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;

/** Log records as an export request. */
public final class LogRequests {

    private final Resource resource;

    /** Requests of one service. */
    public LogRequests(ServiceIdentity service) {
        this.resource = service.resource();
    }

    /** The request that holds these records. */
    public ExportLogsServiceRequest of(List<LogRecord> records) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource)
                        .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(records)))
                .build();
    }
}
