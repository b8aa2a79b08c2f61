package io.millrace.recommendation.serving.web;

import io.millrace.messaging.EventIds;
import io.millrace.recommendation.serving.Recommendation;
import io.millrace.recommendation.serving.RecommendationIndex;
import io.millrace.web.problem.Problem;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers what a visitor may like, and what goes with a product; who or what is not known gets what is popular. */
@RestController
@RequestMapping("/api/recommendations")
class RecommendationController {

    private static final int MOST = 50;
    private static final int MOST_EXCLUDED = 100;
    private static final int LONGEST_VISITOR = 64;
    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern COMMA = Pattern.compile(",");

    private final RecommendationIndex index;

    RecommendationController(RecommendationIndex index) {
        this.index = index;
    }

    @GetMapping
    RecommendationView forVisitor(
            @RequestParam(defaultValue = "") String visitorId,
            @RequestParam(defaultValue = "10") int limit,
            @RequestParam(defaultValue = "") String exclude) {
        if (visitorId.length() > LONGEST_VISITOR) {
            throw Problem.invalidRequest()
                    .at("visitorId", "must have at most " + LONGEST_VISITOR + " characters")
                    .toException();
        }
        return view(index.forVisitor(visitorId, excluded(exclude), limit(limit)));
    }

    @GetMapping("/items/{sku}/similar")
    RecommendationView similar(
            @PathVariable String sku,
            @RequestParam(defaultValue = "10") int limit,
            @RequestParam(defaultValue = "") String exclude) {
        if (!SKU.matcher(sku).matches()) {
            throw Problem.invalidRequest()
                    .at("sku", "must be a product's number")
                    .toException();
        }
        return view(index.similarTo(sku, excluded(exclude), limit(limit)));
    }

    private static RecommendationView view(Recommendation recommendation) {
        return RecommendationView.of(EventIds.next().toString(), recommendation);
    }

    private static int limit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.invalidRequest()
                    .at("limit", "must lie within 1 and " + MOST)
                    .toException();
        }
        return limit;
    }

    private static Set<String> excluded(String exclude) {
        Set<String> excluded = new HashSet<>();
        for (String sku : COMMA.split(exclude, -1)) {
            if (sku.isEmpty()) {
                continue;
            }
            if (!SKU.matcher(sku).matches() || excluded.size() == MOST_EXCLUDED) {
                throw Problem.invalidRequest()
                        .at("exclude", "must name at most " + MOST_EXCLUDED + " products, separated by commas")
                        .toException();
            }
            excluded.add(sku);
        }
        return excluded;
    }
}
