package io.millrace.inventory.stock.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.inventory.stock.Level;
import io.millrace.inventory.stock.Stock;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Stock over HTTP: what can be sold, for anybody; what lies where and is promised, for those who work with it. */
@RestController
class StockController {

    private final Stock stock;
    private final DatabaseDeadline deadline;

    StockController(Stock stock, DatabaseDeadline deadline) {
        this.stock = stock;
        this.deadline = deadline;
    }

    /**
     * How much of a product can be sold now.
     *
     * @param available units over all locations
     * @param locations the same by location, in the order of their names
     */
    record AvailabilityBody(String sku, long available, List<AtLocation> locations) {}

    /** How much of a product can be sold from a location. */
    record AtLocation(String location, long available) {}

    /** Every level of a product, in the order of the locations. */
    record LevelsBody(String sku, List<LevelBody> levels) {}

    /** A level, under the field's own words. */
    record LevelBody(
            String sku,
            String location,
            long onHand,
            long held,
            long allocated,
            long quarantined,
            @JsonProperty("short") long missing,
            long incoming,
            long available,
            long version) {

        static LevelBody of(Level level) {
            return new LevelBody(
                    level.sku(),
                    level.location(),
                    level.onHand(),
                    level.held(),
                    level.allocated(),
                    level.quarantined(),
                    level.missing(),
                    level.incoming(),
                    level.available(),
                    level.version());
        }
    }

    @GetMapping("/api/inventory/{sku}")
    AvailabilityBody availability(@PathVariable String sku) {
        List<Level> levels = deadline.read(() -> stock.onSale(sku)).orElseThrow(StockController::notFound);
        return new AvailabilityBody(
                sku,
                levels.stream().mapToLong(Level::available).sum(),
                levels.stream()
                        .map(level -> new AtLocation(level.location(), level.available()))
                        .toList());
    }

    @GetMapping("/api/inventory/{sku}/levels")
    LevelsBody levels(@PathVariable String sku) {
        List<Level> levels = deadline.read(() -> stock.known(sku)).orElseThrow(StockController::notFound);
        return new LevelsBody(sku, levels.stream().map(LevelBody::of).toList());
    }

    private static ProblemException notFound() {
        return Problem.notFound("product-not-found", "There is no such product in the catalogue")
                .toException();
    }
}
