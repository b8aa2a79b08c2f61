package io.millrace.inventory.stock.web;

import io.millrace.inventory.stock.Receipt;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/** A receipt as a client sends it. */
record ReceiptBody(
        @Pattern(regexp = "[!-~]{1,64}", message = "must have 1 to 64 visible ASCII characters") String receiptId,

        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
                message =
                        "must have 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit")
        String sku,

        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}",
                message =
                        "must have 1 to 32 letters, digits, dots, hyphens and underscores, and begin with a letter or digit")
        String location,

        @Min(1) int quantity) {

    Receipt receipt() {
        return new Receipt(receiptId, sku, location, quantity);
    }
}
