package io.millrace.web.app;

import io.millrace.web.testing.TestIssuer;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test service on a real server, started once for all tests, and a client of it. */
public final class Shop {

    /** The issuer whose tokens it takes. */
    public static final TestIssuer ISSUER = TestIssuer.start();

    /** A good order. */
    public static final String ORDER = """
            {"lines":[{"sku":"tea","quantity":2}],"contact":{"email":"a@example.org"}}""";

    private static final ConfigurableApplicationContext CONTEXT = run(ISSUER);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Shop() {}

    /** Starts another one, on free ports. */
    public static ConfigurableApplicationContext run(TestIssuer issuer, String... more) {
        String[] arguments = Stream.of(
                        Stream.of(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--management.server.address=127.0.0.1"),
                        Stream.of(issuer.properties()),
                        Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return new SpringApplicationBuilder(ShopApplication.class).run(arguments);
    }

    /** The address of a path of the shared one. */
    public static URI at(String path) {
        return at(CONTEXT, path);
    }

    /** The address of a path. */
    public static URI at(ConfigurableApplicationContext context, String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    /** The address of a path on the management port of the shared one. */
    public static URI managementAt(String path) {
        return URI.create("http://127.0.0.1:" + CONTEXT.getEnvironment().getProperty("local.management.port") + path);
    }

    /** A bean of the shared one. */
    public static <T> T bean(Class<T> type) {
        return CONTEXT.getBean(type);
    }

    /** The spans the shared one has recorded. */
    public static List<Span> spans() {
        ResolvableType queue = ResolvableType.forClassWithGenerics(Queue.class, Span.class);
        return CONTEXT.<Queue<Span>>getBeanProvider(queue).getObject().stream().toList();
    }

    /** A request without a token. */
    public static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(path));
    }

    /** An order placed by a customer, with everything it needs. */
    public static HttpRequest.Builder placing(String body) {
        return request("/orders")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k1")
                .header("Authorization", ISSUER.bearer("customer", "orders:write"));
    }

    /** Sends it. */
    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The body as JSON. */
    public static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
