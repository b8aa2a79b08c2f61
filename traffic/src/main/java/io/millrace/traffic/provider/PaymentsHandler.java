package io.millrace.traffic.provider;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The requests about payments: reads them, and answers as the card's behaviour says. */
final class PaymentsHandler {

    private static final int LARGEST_BODY = 16 * 1024;
    private static final int FLAKY_REMEMBERED = 10_000;
    private static final byte[] HALF_A_DOCUMENT = "{\"paymentId\":\"pay_".getBytes(StandardCharsets.UTF_8);

    private final Payments payments;
    private final Delays delays;
    private final ScheduledExecutorService timer;

    /** References of flaky cards that were sent away once; not kept across a restart, as a 503 promises nothing. */
    private final Map<String, Boolean> sentAway = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > FLAKY_REMEMBERED;
        }
    };

    PaymentsHandler(Payments payments, Delays delays, ScheduledExecutorService timer) {
        this.payments = payments;
        this.delays = delays;
        this.timer = timer;
    }

    void ask(Request http, Reply reply) {
        String key = http.getHeaders().get("Idempotency-Key");
        if (key == null || !PaymentRequest.isReference(key)) {
            throw new ProblemException(Problem.badRequest("header Idempotency-Key is missing or out of form"));
        }
        new WholeBody(http, LARGEST_BODY, (body, failure) -> read(key, body, failure, reply)).read();
    }

    private void read(String key, byte[] body, @Nullable Throwable failure, Reply reply) {
        if (failure != null) {
            reply.problem(Problem.badRequest("the body could not be read"));
            return;
        }
        if (body.length > LARGEST_BODY) {
            reply.problem(Problem.tooLarge(LARGEST_BODY));
            return;
        }
        try {
            asked(request(key, body), reply);
        } catch (RuntimeException e) {
            // This runs in a promise's completion, where nobody else would answer.
            reply.failure(e);
        }
    }

    private static PaymentRequest.Checked request(String key, byte[] body) {
        try {
            PaymentRequest read = Json.MAPPER.readValue(body, PaymentRequest.class);
            if (read == null) { // the JSON literal
                throw new ProblemException(Problem.badRequest("the body must be an object"));
            }
            PaymentRequest.Checked request = read.checked();
            if (!request.reference().equals(key)) {
                throw new ProblemException(Problem.referenceDiffersFromKey());
            }
            return request;
        } catch (JacksonException e) {
            throw new ProblemException(Problem.badRequest(e.getOriginalMessage()));
        }
    }

    private void asked(PaymentRequest.Checked request, Reply reply) {
        TokenBehaviour behaviour = TokenBehaviour.of(request.paymentToken());
        switch (behaviour) {
            case FLAKY -> {
                if (isFirstCall(request.reference())) {
                    reply.problem(Problem.unavailable("try again"));
                } else {
                    answer(request, behaviour, Duration.ZERO, reply);
                }
            }
            case DELAYED -> after(delays.late(), reply, () -> answer(request, behaviour, Duration.ZERO, reply));
            case SLOW -> answer(request, behaviour, delays.slow(), reply);
            case TIMEOUT -> answer(request, behaviour, delays.held(), reply);
            case OK, DECLINED, INSUFFICIENT_FUNDS, LATE, TWICE, MALFORMED, CONTRADICT, INVALID ->
                answer(request, behaviour, Duration.ZERO, reply);
        }
    }

    private void answer(PaymentRequest.Checked request, TokenBehaviour behaviour, Duration hold, Reply reply) {
        var _ = payments.ask(request).whenComplete((payment, failure) -> {
            if (failure != null) {
                reply.failure(failure);
            } else if (hold.isPositive()) {
                after(hold, reply, () -> answer(payment, behaviour, reply));
            } else {
                answer(payment, behaviour, reply);
            }
        });
    }

    private static void answer(Payment payment, TokenBehaviour behaviour, Reply reply) {
        if (behaviour == TokenBehaviour.MALFORMED && payment.answered() == PaymentStatus.AUTHORISED) {
            reply.bytes(200, "application/json", HALF_A_DOCUMENT);
        } else {
            reply.json(201, PaymentView.answerOf(payment));
        }
    }

    void find(String reference, Reply reply) {
        var _ = payments.find(checked(reference)).whenComplete((payment, failure) -> show(payment, failure, reply));
    }

    void findByQuery(Request http, Reply reply) {
        Fields query = Request.extractQueryParameters(http);
        String reference = query.getValue("reference");
        if (reference == null || query.getSize() != 1) {
            throw new ProblemException(Problem.badRequest("query must be reference=, and nothing else"));
        }
        find(reference, reply);
    }

    void giveBack(String reference, Reply reply) {
        var _ = payments.giveBack(checked(reference)).whenComplete((payment, failure) -> show(payment, failure, reply));
    }

    private static void show(Optional<Payment> payment, @Nullable Throwable failure, Reply reply) {
        if (failure != null) {
            reply.failure(failure);
        } else {
            payment.ifPresentOrElse(
                    found -> reply.json(200, PaymentView.of(found)), () -> reply.problem(Problem.notFound()));
        }
    }

    private static String checked(String reference) {
        if (!PaymentRequest.isReference(reference)) {
            throw new ProblemException(Problem.badRequest("reference is out of form"));
        }
        return reference;
    }

    private boolean isFirstCall(String reference) {
        synchronized (sentAway) {
            return sentAway.put(reference, true) == null;
        }
    }

    private void after(Duration delay, Reply reply, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                // A timer keeps what its task throws to itself; the caller must be answered all the same.
                reply.failure(e);
            }
        };
        var _ = timer.schedule(guarded, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
