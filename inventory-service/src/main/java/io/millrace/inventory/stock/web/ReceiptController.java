package io.millrace.inventory.stock.web;

import io.millrace.inventory.stock.Receipt;
import io.millrace.inventory.stock.Receipts;
import io.millrace.inventory.stock.ReceiptsOutcome;
import io.millrace.inventory.stock.StockProperties;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.FieldProblem;
import io.millrace.web.problem.Problem;
import io.millrace.web.security.Caller;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Goods that come in, over HTTP. The source of a receipt is who sends it. */
@RestController
class ReceiptController {

    /** Wrong fields named in one answer. */
    private static final int MOST_ERRORS = 100;

    private final Receipts receipts;
    private final StockProperties properties;
    private final DatabaseDeadline deadline;
    private final Validator validator;

    ReceiptController(Receipts receipts, StockProperties properties, DatabaseDeadline deadline, Validator validator) {
        this.receipts = receipts;
        this.properties = properties;
        this.deadline = deadline;
        this.validator = validator;
    }

    /** A receipt that is booked, now or before. */
    record Booked(String receiptId, String sku, String location, int quantity, boolean repeated) {}

    /** Receipts that are booked, in the order of the request. */
    record AllBooked(List<Booked> receipts) {}

    /** 201 when something was booked, 200 when all of it was before; a request cut short is to be sent again. */
    @PostMapping("/api/inventory/receipts")
    ResponseEntity<Object> receive(@RequestBody ReceiptsRequest request, Caller caller) {
        List<Receipt> given = valid(request);
        ReceiptsOutcome outcome = deadline.read(() -> receipts.book(caller.subject(), given));
        return switch (outcome) {
            case ReceiptsOutcome.Booked booked -> answer(request, given, booked);
            case ReceiptsOutcome.UnknownProducts unknown ->
                Problem.unprocessable("unknown-product", "A product was never in the catalogue")
                        .at(fields(request, unknown.positions(), "sku", "is not the sku of a product"))
                        .toResponse();
            case ReceiptsOutcome.Conflicting conflicting ->
                Problem.unprocessable("receipt-conflict", "The id of a receipt was used for another one")
                        .at(fields(request, conflicting.positions(), "receiptId", "is the id of another receipt"))
                        .toResponse();
        };
    }

    private static ResponseEntity<Object> answer(
            ReceiptsRequest request, List<Receipt> given, ReceiptsOutcome.Booked booked) {
        List<Booked> all = given.stream()
                .map(receipt -> new Booked(
                        receipt.receiptId(),
                        receipt.sku(),
                        receipt.location(),
                        receipt.quantity(),
                        booked.repeated().contains(receipt.receiptId())))
                .toList();
        return ResponseEntity.status(booked.booked() > 0 ? HttpStatus.CREATED : HttpStatus.OK)
                .body(request.isList() ? new AllBooked(all) : all.getFirst());
    }

    private List<Receipt> valid(ReceiptsRequest request) {
        List<ReceiptBody> bodies = request.all();
        if (bodies.size() > properties.maxReceipts()) {
            throw Problem.invalidRequest()
                    .at("receipts", "must have at most " + properties.maxReceipts())
                    .toException();
        }
        List<FieldProblem> errors = new ArrayList<>();
        for (int i = 0; i < bodies.size() && errors.size() < MOST_ERRORS; i++) {
            Set<ConstraintViolation<ReceiptBody>> violations = validator.validate(bodies.get(i));
            for (ConstraintViolation<ReceiptBody> violation : violations) {
                errors.add(new FieldProblem(
                        request.path(i, violation.getPropertyPath().toString()), violation.getMessage()));
            }
            if (bodies.get(i).quantity() > properties.maxQuantity()) {
                errors.add(
                        new FieldProblem(request.path(i, "quantity"), "must be at most " + properties.maxQuantity()));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest().at(errors).toException();
        }
        return bodies.stream().map(ReceiptBody::receipt).toList();
    }

    private static List<FieldProblem> fields(
            ReceiptsRequest request, List<Integer> positions, String field, String message) {
        return positions.stream()
                .limit(MOST_ERRORS)
                .map(position -> new FieldProblem(request.path(position, field), message))
                .toList();
    }
}
