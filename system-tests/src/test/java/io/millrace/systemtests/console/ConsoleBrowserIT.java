package io.millrace.systemtests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.millrace.systemtests.console.Visit.containing;
import static io.millrace.systemtests.console.Visit.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.millrace.local.Installation;
import io.millrace.systemtests.shop.OrderBody;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The console of a running platform, as somebody with a browser uses it. With {@code -Dscreenshot=true} it fills some minutes
 * with orders and takes the picture that the README shows.
 */
class ConsoleBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final boolean SCREENSHOT = Boolean.getBoolean("screenshot");
    private static final Path PICTURE =
            Installation.current().home().resolve("docs").resolve("images").resolve("console.png");
    private static final Duration BUSY = Duration.ofMinutes(5);
    private static final String UNKNOWN = "0198c5d2-0000-7c3a-9f60-3b1f0a5c2d4e";

    private Visit visit;
    private Page page;

    @BeforeEach
    void come() {
        visit = browsing.visit();
        page = visit.page();
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @Test
    void findsAnOrderByItsIdAndSeesItsEvents() throws Exception {
        UUID id = browsing.confirmed();
        visit.logIn("operator");
        page.getByLabel("Order id").fill(id.toString());
        page.keyboard().press("Enter");
        for (String expected : List.of(
                "order.placed",
                "transaction.events.v1",
                "inventory.reservations.v1",
                "fraud.decisions.v1",
                "order.confirmed")) {
            Locator step = page.locator("ol.events > li", new Page.LocatorOptions().setHasText(expected));
            assertThat(step.first()).isVisible(within(15));
        }
        Locator placed = page.locator("ol.events > li").first();
        placed.locator("summary").click();
        assertThat(placed.locator("pre")).containsText(id.toString());
        assertThat(page.getByText("events since")).containsText("ended after", containing(15));
        visit.picture("order");
    }

    @Test
    void isUsedByKeyboardAlone() throws Exception {
        UUID id = browsing.confirmed();
        visit.open("");
        visit.tabTo(visit.button("Log in"));
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("User")).isFocused();
        page.keyboard().type("operator");
        visit.tabTo(page.getByLabel("Password"));
        page.keyboard().type("demo");
        page.keyboard().press("Enter");
        visit.tabTo(page.getByLabel("Order id"));
        page.keyboard().type(id.toString());
        page.keyboard().press("Enter");
        Locator first = page.locator("ol.events > li").first();
        assertThat(first).isVisible(within(15));
        assertThat(page.locator("main")).isFocused(); // reading begins at what was found
        visit.tabTo(first.locator("summary"));
        page.keyboard().press("Enter");
        assertThat(first.locator("pre")).isVisible();
        visit.tabTo(first.locator("pre")); // what may be long is scrolled by keyboard
    }

    @Test
    void skipsToWhatIsShown() {
        visit.logIn("operator");
        page.reload();
        assertThat(visit.tile("Orders / min")).isVisible();
        page.keyboard().press("Tab");
        assertThat(visit.exactly("Skip to content")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
    }

    @Test
    void showsThePulseOfTheShop() throws Exception {
        if (SCREENSHOT) {
            fill();
        } else {
            browsing.confirmed();
        }
        visit.logIn("operator");
        assertThat(visit.connection()).hasText("Live");
        assertThat(visit.tile("Services up")).containsText("all of them", containing(30));
        assertThat(visit.tile("Confirmed")).not().containsText("–", containing(15));
        assertThat(page.locator("mill-chart canvas")).isVisible();
        Locator service = visit.panel("Services").getByText("order-service");
        assertThat(service).hasCount(1); // an instance of the same name needs no second mention
        if (SCREENSHOT) {
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURE));
        }
        visit.picture("pulse");
        visit.exactly("As a table").click();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Orders per minute"))
                        .locator("tbody tr"))
                .hasCount(60);
    }

    @Test
    void saysWhatIsWrongWithAnOrder() {
        visit.logIn("operator");
        visit.tolerateStatus(400, 404);
        visit.open("#/orders/12345");
        assertThat(visit.alert()).containsText("This is not an order’s id.");
        assertThat(visit.button("Try again")).isHidden();
        visit.open("#/orders/" + UNKNOWN);
        assertThat(visit.exactly("Nothing is known of this order yet; looking again…"))
                .isVisible();
        assertThat(visit.alert()).containsText("Nothing is known of this order: no topic", containing(45));
        assertThat(visit.exactly("Nothing is known of this order yet; looking again…"))
                .isHidden();
        visit.button("Try again").click();
        assertThat(visit.exactly("Nothing is known of this order yet; looking again…"))
                .isVisible();
        page.getByLabel("Order id").fill("not an id");
        page.keyboard().press("Enter");
        assertThat(visit.alert()).containsText("This is not an order’s id.");
        visit.open("#/elsewhere");
        assertThat(visit.exactly("There is no such view. See the shop’s pulse."))
                .isVisible();
    }

    @Test
    void fitsAPhoneInLightAndInDark() throws Exception {
        UUID id = browsing.confirmed();
        visit.tolerateStatus(404); // until the order is known
        page.setViewportSize(390, 844);
        visit.open("");
        assertThat(visit.button("Log in")).isVisible();
        assertThat(visit.isWiderThanItsWindow()).isFalse();
        visit.logIn("operator");
        String light = fits(ColorScheme.LIGHT, id);
        String dark = fits(ColorScheme.DARK, id);
        assertThat(brightness(light)).isGreaterThan(200);
        assertThat(brightness(dark)).isLessThan(50);
    }

    /** Looks at every view; tells the page's colour. */
    private String fits(ColorScheme scheme, UUID order) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        visit.open("");
        assertThat(visit.tile("Orders / min")).isVisible();
        assertThat(page.locator("mill-chart canvas")).isVisible();
        narrow("pulse", scheme);
        visit.open("#/logs");
        page.locator("details.line summary").first().click();
        narrow("logs", scheme);
        visit.open("#/orders/" + order);
        page.locator("ol.events > li summary").first().click();
        narrow("order", scheme);
        return page.evaluate("getComputedStyle(document.body).backgroundColor").toString();
    }

    private void narrow(String view, ColorScheme scheme) {
        visit.picture(view + "-narrow-" + scheme.name().toLowerCase(Locale.ROOT));
        assertThat(visit.isWiderThanItsWindow()).as(view).isFalse();
        assertThat(visit.faintTexts()).as(view).isEmpty();
    }

    /** Mean of the parts of a colour such as rgb(1, 2, 3). */
    private static double brightness(String colour) {
        return Pattern.compile("\\d+")
                .matcher(colour)
                .results()
                .limit(3)
                .mapToInt(part -> Integer.parseInt(part.group()))
                .average()
                .orElseThrow();
    }

    /** Some minutes of orders, most of which can be confirmed. */
    private static void fill() {
        Instant end = Instant.now().plus(BUSY);
        await().atMost(BUSY.plusMinutes(1)).pollInterval(Duration.ofMillis(150)).until(() -> {
            long number = System.nanoTime() % 17;
            OrderBody order = number == 1
                    ? OrderBody.of(Browsing.FEW, 999)
                    : OrderBody.of(Browsing.BOOK, 1).paidBy(number == 2 ? "tok_declined" : "tok_ok");
            browsing.platform().shop().place(browsing.buyer(), order);
            return Instant.now().isAfter(end);
        });
    }
}
