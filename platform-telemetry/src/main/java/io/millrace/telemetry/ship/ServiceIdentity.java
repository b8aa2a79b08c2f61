package io.millrace.telemetry.ship;

import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Optional;

/**
 * Who speaks: the resource of all of a service's telemetry. Nothing of the machine is told, as its name may be a person's.
 *
 * @param name of the service
 * @param instanceId tells the instances of the service apart, and is the key of its records
 * @param version of the service; empty where it runs from classes
 */
public record ServiceIdentity(String name, String instanceId, Optional<String> version) {

    /** As OpenTelemetry's conventions name it. */
    public Resource resource() {
        Resource.Builder resource = Resource.newBuilder()
                .addAttributes(Attributes.of("service.namespace", "millrace"))
                .addAttributes(Attributes.of("service.name", name))
                .addAttributes(Attributes.of("service.instance.id", instanceId));
        version.ifPresent(known -> resource.addAttributes(Attributes.of("service.version", known)));
        return resource.build();
    }
}
