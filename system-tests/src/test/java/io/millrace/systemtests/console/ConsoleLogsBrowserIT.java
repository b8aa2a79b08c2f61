package io.millrace.systemtests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.systemtests.shop.ShopClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The logs of a running platform, searched in the console. */
class ConsoleLogsBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final String HOSTILE = "<img src=x onerror='window.harmed=true'>";
    private static final int PAGE = 100;
    private static final int MOST = 2_000;

    private Visit visit;
    private Page page;
    private Locator lines;

    @BeforeEach
    void come() {
        visit = browsing.visit();
        page = visit.page();
        lines = page.locator("details.line");
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @Test
    void loadsMoreAsLongAsThereIsMore() {
        awaitMoreThanAPage();
        visit.logIn("operator");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Logs").setExact(true))
                .click();
        assertThat(lines).hasCount(PAGE);
        assertThat(page.getByText("100 lines, newest first, and there are more."))
                .isVisible();
        visit.button("Load more").click();
        assertThat(lines.nth(PAGE)).isVisible();
        while (visit.button("Load more").isVisible()) {
            int before = lines.count();
            visit.button("Load more").click();
            page.waitForCondition(() -> lines.count() > before);
        }
        List<?> times = (List<?>) lines.locator("summary time").evaluateAll("all => all.map(time => time.dateTime)");
        assertThat(times).extracting(Object::toString).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(visit.exactly("%,d lines, newest first%s"
                        .formatted(times.size(), times.size() < MOST ? "." : "; narrow the search to see others.")))
                .isVisible();
        visit.picture("logs");
    }

    @Test
    void findsWhatIsAskedForAndSaysSoInTheAddress() throws Exception {
        UUID id = browsing.unreachable();
        visit.logIn("operator");
        visit.open("#/logs");
        page.getByLabel("Service").fill("order-service");
        page.keyboard().press("Enter");
        page.waitForURL(visit.url("#/logs?service=order-service"));
        assertThat(lines.first()).isVisible();
        assertThat(services()).containsOnly("order-service");

        page.getByLabel("At least").selectOption("ERROR");
        page.getByLabel("Text").fill("that nobody would ever write");
        visit.button("Search").click();
        page.waitForURL(visit.url("#/logs?text=that+nobody+would+ever+write&service=order-service&level=ERROR"));
        assertThat(visit.exactly("No line matches.")).isVisible();
        assertThat(lines).hasCount(0);

        page.goBack(); // the fields say what is shown, and not what was typed last
        assertThat(lines.first()).isVisible();
        assertThat(page.getByLabel("Text")).hasValue("");
        assertThat(page.getByLabel("At least")).hasValue("");
        assertThat(page.getByLabel("Service")).hasValue("order-service");

        visit.open("#/logs?orderId=" + id); // an address that was sent to somebody
        assertThat(page.getByLabel("Order id").last()).hasValue(id.toString());
        assertThat(lines.first()).isVisible();
        lines.first().locator("summary").click();
        lines.first()
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(id.toString()))
                .click();
        page.waitForURL(visit.url("#/orders/" + id));
        assertThat(page.locator("ol.events > li").first()).isVisible();
        assertThat(lines.first()).containsText("a mail was refused");
        visit.picture("order-with-logs");
    }

    @Test
    void saysWhatIsWrongWithASearch() {
        visit.logIn("operator");
        visit.tolerateStatus(400);
        visit.open("#/logs?orderId=12345");
        assertThat(visit.alert()).containsText("This is not an order’s id.");
        assertThat(visit.button("Try again")).isHidden(); // it would be as wrong
        visit.open("#/logs?traceId=xyz");
        assertThat(visit.alert()).containsText("traceId must be 32 hexadecimal digits.");
    }

    /** No service logs what its callers send, so the line is slipped in between service and page. */
    @Test
    void showsHostileTextAsText() {
        visit.logIn("operator");
        page.route(
                Pattern.compile("/api/ops/logs"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("""
                        {"items":[{"id":"1","time":"2026-03-01T10:15:30Z","severity":"ERROR","service":"%1$s","message":"%1$s",
                        "exception":"%1$s","attributes":{"%1$s":"%1$s"}}],"nextCursor":null}""".formatted(HOSTILE))));
        visit.open("#/logs");
        assertThat(lines.locator(".message")).hasText(HOSTILE);
        lines.locator("summary").click();
        assertThat(lines.locator("pre")).hasText(HOSTILE);
        assertThat(page.evaluate("window.harmed === undefined")).isEqualTo(true);
    }

    private List<String> services() {
        return lines.locator(".service").allTextContents();
    }

    /** Each order leaves some lines. */
    private void awaitMoreThanAPage() {
        ShopClient shop = browsing.platform().shop();
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            shop.place(browsing.buyer(), OrderBody.of(Browsing.BOOK, 1));
            JsonNode found = shop.get("/api/ops/logs?limit=" + PAGE, shop.token("operator"))
                    .json();
            return found.path("nextCursor").isString();
        });
    }
}
