package io.millrace.local;

import io.millrace.local.supervision.ProcessSpec;
import java.util.Map;

/**
 * A process of the platform, before it runs.
 *
 * @param service what the front door calls it; empty when the front door does not lead there
 * @param spec how it is run
 * @param port where it listens
 * @param managementPort where its health and metrics are; 0 for nowhere
 * @param besides what else the front door finds in the same process, by the port where it listens
 */
record PlatformMember(String service, ProcessSpec spec, int port, int managementPort, Map<String, Integer> besides) {

    PlatformMember(String service, ProcessSpec spec, int port, int managementPort) {
        this(service, spec, port, managementPort, Map.of());
    }

    static PlatformMember infrastructure(ProcessSpec spec, int port) {
        return new PlatformMember("", spec, port, 0);
    }

    String name() {
        return spec.name();
    }

    boolean isFronted() {
        return !service.isEmpty();
    }
}
