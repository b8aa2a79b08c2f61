package io.millrace.order.payment.http;

import io.millrace.events.Money;
import io.millrace.order.payment.PaymentAttempt;
import io.millrace.order.payment.PaymentGateway;
import io.millrace.order.payment.PaymentProperties;
import io.millrace.telemetry.trace.Span;
import io.millrace.telemetry.trace.Tracer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The payment provider over its REST API. */
@Component
class HttpPaymentGateway implements PaymentGateway {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient client;
    private final PaymentProperties properties;
    private final Tracer tracer;

    HttpPaymentGateway(PaymentProperties properties, Tracer tracer) {
        this.properties = properties;
        this.tracer = tracer;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.callTimeout())
                .build();
    }

    private record Payment(UUID reference, UUID orderId, Money amount, String paymentToken, URI callbackUrl) {}

    /** What the provider answers: a status is all that must be there. */
    private record Reply(@Nullable String status, @Nullable String code) {}

    @Override
    public Answer authorise(PaymentAttempt attempt) {
        byte[] body = JSON.writeValueAsBytes(new Payment(
                attempt.id(), attempt.orderId(), attempt.amount(), attempt.paymentToken(), properties.callbackUrl()));
        Span span = tracer.client(tracer.of(attempt.orderId().toString()).orElse(null), "POST /payments")
                .attribute("http.request.method", "POST")
                .attribute("url.template", "/payments")
                .attribute("orderId", attempt.orderId().toString());
        HttpRequest request = to("/payments")
                .header("traceparent", span.context().traceparent())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", attempt.id().toString())
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        Answer answer = answer(request);
        if (answer instanceof NoAnswer none) {
            span.failed(none.cause());
        }
        span.end();
        return answer;
    }

    @Override
    public Answer find(UUID attemptId) {
        return answer(to("/payments/" + attemptId).GET().build());
    }

    @Override
    public Answer giveBack(UUID attemptId) {
        Answer answer = answer(to("/payments/" + attemptId + "/void")
                .POST(BodyPublishers.noBody())
                .build());
        // What the provider has never seen, a void bars for ever: there is nothing to give back and never will be.
        return answer instanceof NeverSeen ? new Voided() : answer;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(properties.providerUrl() + path))
                .timeout(properties.callTimeout());
    }

    private Answer answer(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return switch (response.statusCode()) {
                case 200, 201 -> understood(response.body());
                case 404 -> new NeverSeen();
                case 400, 402 -> new Declined("refused-" + response.statusCode());
                default -> new NoAnswer(request.method() + " answered " + response.statusCode());
            };
        } catch (IOException e) {
            return new NoAnswer(request.method() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NoAnswer(request.method() + " interrupted");
        }
    }

    private static Answer understood(byte[] body) {
        try {
            Reply reply = JSON.readValue(body, Reply.class);
            String status = reply.status() == null ? "" : reply.status();
            return switch (status) {
                case "AUTHORISED" -> new Authorised();
                case "DECLINED" -> new Declined(reply.code() == null ? "declined" : reply.code());
                case "VOIDED" -> new Voided();
                case "PENDING" -> new Undecided();
                default -> new NoAnswer("unknown status");
            };
        } catch (JacksonException e) {
            return new NoAnswer("malformed answer: " + e.getOriginalMessage());
        }
    }
}
