package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The committed docker-compose.yml, read as compose reads it, but for variables, which stay as they are written.
 *
 * @param services by name
 */
record ComposeFile(Map<String, Map<?, ?>> services) {

    static final Path HOME = Installation.current().home();

    static ComposeFile read() {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Map<?, ?> file = new Yaml(new SafeConstructor(strict)).load(text("docker-compose.yml"));
        Map<String, Map<?, ?>> services = new LinkedHashMap<>();
        map(file, "services").forEach((name, service) -> services.put((String) name, (Map<?, ?>) service));
        assertThat(services).isNotEmpty();
        return new ComposeFile(services);
    }

    /** A committed file, by its path from the installation's folder. */
    static String text(String path) {
        try {
            return Files.readString(HOME.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Services whose image is made here, by the module it is made of. */
    Map<String, String> built() {
        Map<String, String> built = new LinkedHashMap<>();
        services.forEach((name, service) -> {
            if (service.containsKey("build")) {
                built.put((String) map(map(service, "build"), "args").get("MODULE"), name);
            }
        });
        return built;
    }

    /** A service as it is written. */
    Map<?, ?> service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    /** A service's environment. */
    Map<String, String> environment(String service) {
        Map<String, String> environment = new HashMap<>();
        map(service(service), "environment")
                .forEach((name, value) -> environment.put((String) name, String.valueOf(value)));
        return environment;
    }

    /** Whether a host name leads to somebody on a network. */
    boolean isReachable(String host, String network) {
        return services.entrySet().stream()
                .anyMatch(service -> networks(service.getValue()).contains(network)
                        && (service.getKey().equals(host)
                                || aliases(service.getValue(), network).contains(host)));
    }

    private static Set<?> networks(Map<?, ?> service) {
        return service.get("networks") instanceof Map<?, ?> named
                ? named.keySet()
                : Set.copyOf(list(service, "networks"));
    }

    private static List<?> aliases(Map<?, ?> service, String network) {
        return service.get("networks") instanceof Map<?, ?> named ? list(map(named, network), "aliases") : List.of();
    }

    /** A map within a map; empty when there is none. */
    static Map<?, ?> map(Map<?, ?> of, String key) {
        return of.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }

    /** A list within a map; empty when there is none. */
    static List<?> list(Map<?, ?> of, String key) {
        return of.get(key) instanceof List<?> found ? found : List.of();
    }
}
