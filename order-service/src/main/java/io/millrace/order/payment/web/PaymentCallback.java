package io.millrace.order.payment.web;

import io.millrace.order.payment.PaymentGateway;
import io.millrace.order.payment.PaymentGateway.Answer;
import io.millrace.order.payment.PaymentWorker;
import io.millrace.web.json.HttpJson;
import io.millrace.web.problem.Problem;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What the payment provider reports by itself: signed, may come twice, and after or before the answer to the call. */
@RestController
class PaymentCallback {

    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final PaymentWorker payments;
    private final CallbackSignature signature;
    private final HttpJson json;

    PaymentCallback(PaymentWorker payments, CallbackSignature signature, HttpJson json) {
        this.payments = payments;
        this.signature = signature;
        this.json = json;
    }

    /** What is reported: the attempt and what became of it; whatever else the provider tells is not needed. */
    record Report(
            UUID reference,
            String status,
            @Nullable String code,
            @Nullable Object paymentId,
            @Nullable Object amount,
            @Nullable Object at) {}

    @PostMapping("/api/callbacks/payments")
    ResponseEntity<Void> report(
            @RequestBody byte[] body,
            @RequestHeader(name = CallbackSignature.HEADER, required = false) @Nullable String signed) {
        if (!signature.isValid(signed, body)) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "signature-invalid", "The signature is missing, wrong or too old")
                    .at(CallbackSignature.HEADER, "must be t=<unix seconds>,v1=<HMAC-SHA-256 of t.body>")
                    .toException();
        }
        Report report = json.read(body, Report.class);
        try {
            boolean known = payments.reported(report.reference(), answer(report))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!known) {
                throw Problem.notFound("payment-not-found", "There is no such payment")
                        .at("reference", "is not known")
                        .toException();
            }
            return ResponseEntity.noContent().build();
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static RuntimeException unavailable() {
        return Problem.unavailable("not-recorded", "The report was not recorded", RETRY_AFTER)
                .toException();
    }

    private static Answer answer(Report report) {
        return switch (report.status()) {
            case "AUTHORISED" -> new PaymentGateway.Authorised();
            case "DECLINED" -> new PaymentGateway.Declined(report.code() == null ? "declined" : report.code());
            case "VOIDED" -> new PaymentGateway.Voided();
            default ->
                throw Problem.unprocessable("payment-status-unknown", "The status is not known")
                        .at("status", "must be AUTHORISED, DECLINED or VOIDED")
                        .toException();
        };
    }
}
