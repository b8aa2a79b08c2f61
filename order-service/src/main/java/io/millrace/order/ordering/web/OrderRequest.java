package io.millrace.order.ordering.web;

import io.millrace.events.Money;
import io.millrace.order.ordering.ShippingAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/orders}. */
record OrderRequest(
        List<@Valid Line> lines,
        @Valid ShipTo shipTo,
        @Valid Contact contact,
        @NotBlank @Size(max = 200) String paymentToken,
        @Nullable @Size(min = 1, max = 100) String visitorId,
        @Nullable @Size(min = 1, max = 100) String deviceId,
        @Nullable Money expectedTotal) {

    /** How many units of which product. */
    record Line(@NotBlank @Size(max = 64) String sku, int quantity) {}

    /** Where to. */
    record ShipTo(
            @NotBlank @Size(max = 200) String name,
            @NotBlank @Size(max = 200) String street,
            @NotBlank @Size(max = 100) String city,
            @Nullable @Size(max = 20) String postalCode,

            @Pattern(regexp = "[A-Z]{2}", message = "must be an ISO 3166 code such as GB") String country) {

        ShippingAddress address() {
            return new ShippingAddress(name, street, city, postalCode, country);
        }
    }

    /** Whom to tell. */
    record Contact(@NotBlank @Email @Size(max = 254) String email) {}
}
