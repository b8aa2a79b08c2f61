package io.millrace.inventory.catalogue.web;

import io.millrace.inventory.catalogue.Catalogue;
import io.millrace.inventory.catalogue.CatalogueProperties;
import io.millrace.inventory.catalogue.Listing;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.json.HttpJson;
import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemException;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists many products at once: a JSON object a line, read and listed as it arrives, some hundred in a transaction. Lines that
 * are not valid are told and skipped. What interrupts the import leaves what was listed before; sending all of it again is
 * harmless, as what is listed already changes nothing.
 */
@RestController
class ImportController {

    private final Catalogue catalogue;
    private final CatalogueProperties properties;
    private final Outbox outbox;
    private final DatabaseDeadline deadline;
    private final HttpJson json;
    private final Validator validator;

    ImportController(
            Catalogue catalogue,
            CatalogueProperties properties,
            Outbox outbox,
            DatabaseDeadline deadline,
            HttpJson json,
            Validator validator) {
        this.catalogue = catalogue;
        this.properties = properties;
        this.outbox = outbox;
        this.deadline = deadline;
        this.json = json;
        this.validator = validator;
    }

    /**
     * What became of an import.
     *
     * @param accepted lines whose products are listed as they say; of several lines of one product the last
     * @param rejectedLines lines that were skipped
     * @param rejected the first of them
     */
    record Imported(int accepted, int rejectedLines, List<Rejected> rejected) {}

    /**
     * A line that was skipped.
     *
     * @param line from 1
     * @param reason what is wrong with it
     */
    record Rejected(int line, String reason) {}

    @PostMapping(path = "/api/products/import", consumes = "application/x-ndjson")
    Imported load(InputStream body) throws IOException {
        Run run = new Run();
        BoundedLines lines =
                new BoundedLines(body, (int) properties.importMaxLine().toBytes());
        for (Optional<BoundedLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (!line.get().isBlank()) {
                run.take(line.get());
            }
        }
        return run.end();
    }

    /** One import's progress. */
    private final class Run {
        private final Map<String, Listing> batch = new LinkedHashMap<>();
        private final List<Rejected> rejected = new ArrayList<>();
        private int accepted;
        private int rejectedLines;

        void take(BoundedLines.Line line) {
            if (line.tooLong()) {
                reject(line, "is longer than " + properties.importMaxLine().toBytes() + " bytes");
                return;
            }
            ImportedProduct product;
            try {
                product = json.read(line.bytes(), ImportedProduct.class);
            } catch (ProblemException e) {
                reject(line, reason(e.problem()));
                return;
            }
            Optional<String> violations = violations(product);
            if (violations.isPresent()) {
                reject(line, violations.get());
                return;
            }
            accepted++;
            batch.put(product.sku(), product.listing());
            if (batch.size() == properties.importBatch()) {
                list();
            }
        }

        Imported end() {
            if (!batch.isEmpty()) {
                list();
            }
            return new Imported(accepted, rejectedLines, rejected);
        }

        private void list() {
            CatalogueAdmission.check(outbox);
            Map<String, Listing> listings = Map.copyOf(batch);
            // cut short it may have happened: sent again it changes nothing more
            deadline.read(() -> {
                catalogue.list(listings);
                return listings.size();
            });
            batch.clear();
        }

        private void reject(BoundedLines.Line line, String reason) {
            rejectedLines++;
            if (rejected.size() < properties.importMaxRejected()) {
                rejected.add(new Rejected(line.number(), reason));
            }
        }
    }

    private Optional<String> violations(ImportedProduct product) {
        String found = validator.validate(product).stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining("; "));
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private static String reason(Problem problem) {
        return problem.errors().isEmpty()
                ? problem.title()
                : problem.errors().stream()
                        .map(error -> error.field() + " " + error.message())
                        .collect(Collectors.joining("; "));
    }
}
