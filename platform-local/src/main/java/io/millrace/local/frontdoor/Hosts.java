package io.millrace.local.frontdoor;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names by which the front door may be called. A page from elsewhere can have its own name lead to this machine (DNS
 * rebinding), and would then count as the platform's own in the browser that shows it; its requests still bear that name.
 */
final class Hosts {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

    private final Set<String> names;

    private Hosts(Set<String> names) {
        this.names = names;
    }

    /**
     * The names of this machine, and these.
     *
     * @param address where the front door listens
     * @param more host names and addresses, without ports
     */
    static Hosts of(String address, Collection<String> more) {
        Set<String> names = new HashSet<>(THIS_MACHINE);
        names.add(plain(address));
        more.stream().map(Hosts::plain).forEach(names::add);
        return new Hosts(Set.copyOf(names));
    }

    /** Whether a request for this host is for us. Jetty tells the address that was called where none is named. */
    boolean include(@Nullable String host) {
        return host != null && names.contains(plain(host));
    }

    /** One spelling for all: small letters, no brackets around an address, no dot after a name. */
    private static String plain(String host) {
        String small = host.toLowerCase(Locale.ROOT);
        if (small.startsWith("[") && small.endsWith("]")) {
            return small.substring(1, small.length() - 1);
        }
        return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
    }
}
