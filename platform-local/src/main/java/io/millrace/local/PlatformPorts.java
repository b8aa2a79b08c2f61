package io.millrace.local;

import io.millrace.embedded.Ports;
import java.util.HashSet;
import java.util.Set;

/** Free ports, none handed out twice. */
final class PlatformPorts {

    private final Set<Integer> taken = new HashSet<>();

    int next() {
        int port = Ports.free();
        while (!taken.add(port)) {
            port = Ports.free();
        }
        return port;
    }
}
