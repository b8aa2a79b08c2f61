package io.millrace.inventory.stock.web;

import io.millrace.web.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One receipt by its own fields, or many as a list. */
record ReceiptsRequest(
        @Nullable String receiptId,
        @Nullable String sku,
        @Nullable String location,
        @Nullable Integer quantity,
        @Nullable List<ReceiptBody> receipts) {

    boolean isList() {
        return receipts != null;
    }

    /** The receipts, one at least. */
    List<ReceiptBody> all() {
        if (receipts == null) {
            return List.of(single());
        }
        if (receiptId != null || sku != null || location != null || quantity != null) {
            throw Problem.invalidRequest()
                    .at("receipts", "must stand alone: a request is one receipt or a list")
                    .toException();
        }
        if (receipts.isEmpty()) {
            throw Problem.invalidRequest()
                    .at("receipts", "must have at least one")
                    .toException();
        }
        return receipts;
    }

    private ReceiptBody single() {
        Problem missing = Problem.invalidRequest();
        missing = receiptId == null ? missing.at("receiptId", "is required") : missing;
        missing = sku == null ? missing.at("sku", "is required") : missing;
        missing = location == null ? missing.at("location", "is required") : missing;
        missing = quantity == null ? missing.at("quantity", "is required") : missing;
        if (receiptId == null || sku == null || location == null || quantity == null) {
            throw missing.toException();
        }
        return new ReceiptBody(receiptId, sku, location, quantity);
    }

    /** Where a field of one of the receipts stands in the request. */
    String path(int position, String field) {
        return receipts == null ? field : "receipts[" + position + "]." + field;
    }
}
