package io.millrace.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.millrace.local.Installation;
import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.systemtests.shop.ShopClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The console of a running platform, as somebody with a browser uses it. With {@code -Dscreenshot=true} it fills some minutes
 * with orders and takes the picture that the README shows.
 */
class ConsoleBrowserIT {

    private static final String CHROMIUM = System.getProperty("browser.path", "/usr/bin/chromium");
    private static final boolean SCREENSHOT = Boolean.getBoolean("screenshot");
    private static final Path PICTURE =
            Installation.current().home().resolve("docs").resolve("images").resolve("console.png");
    private static final Duration BUSY = Duration.ofMinutes(5);
    private static final String HOSTILE = "<img src=x onerror='window.harmed=true'>";

    private static CheckedPlatform platform;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private BrowserContext visit;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        platform = CheckedPlatform.start(PlatformSettings.throwAway().withSeed(false), new Progress(System.out));
        platform.shop().offer(List.of("CONSOLE-BOOK", "CONSOLE-FEW"), 1_000, 5_000, "berlin");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(CHROMIUM))
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stop() {
        playwright.close();
        platform.close();
    }

    @BeforeEach
    void open() {
        visit = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE));
        visit.addInitScript("addEventListener('securitypolicyviolation',"
                + " (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));");
        page = visit.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @Test
    void findsAnOrderByItsIdAndSeesItsEvents() throws Exception {
        UUID id = confirmed();
        logIn();
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
        assertThat(complaints).isEmpty();
    }

    @Test
    void showsThePulseOfTheShop() throws Exception {
        if (SCREENSHOT) {
            fill();
        } else {
            confirmed();
        }
        logIn();
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible(within(15));
        assertThat(tile("Services up")).containsText("all of them", containing(30));
        assertThat(tile("Confirmed")).not().containsText("–", containing(15));
        assertThat(page.locator("mill-chart canvas")).isVisible();
        if (SCREENSHOT) {
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURE));
        }
        assertThat(complaints).isEmpty();
    }

    /** No service logs what its callers send, so the line is slipped in between service and page. */
    @Test
    void showsHostileLogTextAsText() {
        logIn();
        page.route(
                Pattern.compile("/api/ops/logs"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("""
                        {"items":[{"id":"1","time":"2026-03-01T10:15:30Z","severity":"ERROR","service":"%1$s","message":"%1$s",
                        "exception":"%1$s","attributes":{"%1$s":"%1$s"}}],"nextCursor":null}""".formatted(HOSTILE))));
        page.navigate(url() + "#/logs");
        Locator line = page.locator("details.line");
        assertThat(line.locator(".message")).hasText(HOSTILE);
        line.locator("summary").click();
        assertThat(line.locator("pre")).hasText(HOSTILE);
        assertThat(page.evaluate("window.harmed === undefined")).isEqualTo(true);
        assertThat(complaints).isEmpty();
    }

    private static UUID confirmed() throws Exception {
        ShopClient shop = platform.shop();
        String token = buyer();
        UUID id = shop.place(token, OrderBody.of("CONSOLE-BOOK", 2)).id();
        assertThat(shop.await(token, id, "CONFIRMED", Duration.ofSeconds(30)).text("status"))
                .isEqualTo("CONFIRMED");
        return id;
    }

    /** Some minutes of orders, most of which can be confirmed. */
    private static void fill() {
        Instant end = Instant.now().plus(BUSY);
        await().atMost(BUSY.plusMinutes(1)).pollInterval(Duration.ofMillis(150)).until(() -> {
            long number = System.nanoTime() % 17;
            OrderBody order = number == 1
                    ? OrderBody.of("CONSOLE-FEW", 999)
                    : OrderBody.of("CONSOLE-BOOK", 1).paidBy(number == 2 ? "tok_declined" : "tok_ok");
            platform.shop().place(buyer(), order);
            return Instant.now().isAfter(end);
        });
    }

    private static String buyer() {
        return platform.buyers().token(platform.buyers().block(1));
    }

    private void logIn() {
        page.navigate(url());
        page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();
        page.getByLabel("User").fill("operator");
        page.getByLabel("Password").fill("demo");
        page.keyboard().press("Enter");
        assertThat(page.locator(".who")).containsText("operator");
    }

    private static String url() {
        return platform.platform().url() + "/";
    }

    private Locator tile(String name) {
        return page.locator(".tile", new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*" + name + "\\s*\\S")))
                .first();
    }

    private static LocatorAssertions.IsVisibleOptions within(int seconds) {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(seconds * 1_000.0);
    }

    private static LocatorAssertions.ContainsTextOptions containing(int seconds) {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1_000.0);
    }
}
