package io.millrace.inventory.catalogue.web;

import io.millrace.inventory.catalogue.Catalogue;
import io.millrace.inventory.catalogue.ProductView;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemException;
import io.millrace.web.request.ExpectedVersion;
import io.millrace.web.request.Page;
import io.millrace.web.request.PageRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Products over HTTP. Commands run under the deadline of reads: one that is cut short may have happened, and sent again
 * changes nothing more.
 */
@RestController
class ProductController {

    private final Catalogue catalogue;
    private final Outbox outbox;
    private final DatabaseDeadline deadline;

    ProductController(Catalogue catalogue, Outbox outbox, DatabaseDeadline deadline) {
        this.catalogue = catalogue;
        this.outbox = outbox;
        this.deadline = deadline;
    }

    @GetMapping("/api/products/{sku}")
    ResponseEntity<ProductView> product(@PathVariable String sku) {
        Optional<ProductView> found = deadline.read(() -> catalogue.find(sku));
        ProductView product = found.orElseThrow(ProductController::notFound);
        return ResponseEntity.ok().eTag(ExpectedVersion.tag(product.version())).body(product);
    }

    @GetMapping("/api/products")
    Page<ProductView> products(
            PageRequest page,
            @RequestParam(required = false)
                    @Size(max = ListingBody.LONGEST_CATEGORY) @Pattern(regexp = ListingBody.CATEGORY, message = ListingBody.CATEGORY_RULE) @Nullable String category) {
        List<ProductView> found =
                deadline.read(() -> catalogue.page(category, page.after().orElse(""), page.limit() + 1));
        return Page.of(found, page, ProductView::sku);
    }

    @PutMapping("/api/products/{sku}")
    ResponseEntity<ProductView> put(
            @PathVariable @Pattern(regexp = ListingBody.SKU, message = ListingBody.SKU_RULE) String sku,
            @Valid @RequestBody ListingBody body,
            ExpectedVersion expected) {
        CatalogueAdmission.check(outbox);
        Catalogue.Listed listed = deadline.read(() -> catalogue.list(sku, body.listing(), expected::verify));
        ResponseEntity.BodyBuilder response =
                listed.created() ? ResponseEntity.created(URI.create("/api/products/" + sku)) : ResponseEntity.ok();
        return response.eTag(ExpectedVersion.tag(listed.product().version())).body(listed.product());
    }

    /** Idempotent: a product that is off the catalogue already is answered the same. */
    @DeleteMapping("/api/products/{sku}")
    ResponseEntity<Void> delist(@PathVariable String sku, ExpectedVersion expected) {
        CatalogueAdmission.check(outbox);
        boolean known = deadline.read(() -> catalogue.delist(sku, expected::verify));
        if (!known) {
            throw notFound();
        }
        return ResponseEntity.noContent().build();
    }

    private static ProblemException notFound() {
        return Problem.notFound("product-not-found", "There is no such product in the catalogue")
                .toException();
    }
}
