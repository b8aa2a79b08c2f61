package io.millrace.monitoring.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.millrace.identity.IdentityApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The console in a real browser, behind one origin with the real identity, and with a stand-in for the API. */
class ConsolePageBrowserIT {

    private static final Path CHROMIUM = Path.of(System.getProperty("browser.path", "/usr/bin/chromium"));
    private static final Path PICTURES = Path.of("target", "pictures");

    @TempDir
    static Path keys;

    private static OneOrigin origin;
    private static ConfigurableApplicationContext identity;
    private static ConfigurableApplicationContext console;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private BrowserContext visit;
    private Page page;

    @BeforeAll
    static void start() {
        origin = OneOrigin.open();
        String issuer = origin.url() + "/identity";
        identity = IdentityApplication.start(
                "--server.port=0",
                "--spring.config.name=none", // the settings of both services lie on this class path
                "--server.servlet.context-path=/identity",
                "--server.forward-headers-strategy=framework",
                "--millrace.identity.demo=true",
                "--millrace.identity.key-folder=" + keys,
                "--millrace.identity.demo-secret=0123456789abcdef0123456789abcdef",
                "--millrace.identity.issuer=" + issuer);
        console = ConsoleApplication.start("--millrace.security.issuer=" + issuer);
        origin.with("/identity", ConsoleApplication.port(identity)).with("/", ConsoleApplication.port(console));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stop() {
        playwright.close();
        console.close();
        identity.close();
        origin.close();
    }

    @BeforeEach
    void open() {
        open(new Browser.NewContextOptions().setViewportSize(1280, 800));
    }

    @AfterEach
    void leave() {
        visit.close();
        console.getBean(StandInApi.class).comeBack();
    }

    @Test
    void showsThePulseLive() {
        logIn("operator");
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(tile("Services up")).containsText("5 / 6");
        assertThat(tile("Consumer lag")).containsText("1,300");
        assertThat(tile("Confirmed in, p99")).containsText("1.21 s");
        assertThat(page.locator("mill-chart canvas")).isVisible();
        assertThat(page.getByRole(AriaRole.REGION, region("Consumer lag"))).containsText("fraud-service.scoring");
        Locator errors = page.getByRole(AriaRole.REGION, region("Newest errors"));
        assertThat(errors.getByText(Samples.HOSTILE)).isVisible();
        String first = page.locator(".foot time").getAttribute("datetime");
        assertThat(page.locator(".foot time")).not().hasAttribute("datetime", first); // the next second's
        picture("pulse");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        picture("pulse-dark");
        page.setViewportSize(390, 844);
        assertThat(wider()).isFalse();
        picture("pulse-narrow");
        assertUnharmed();
    }

    @Test
    void findsAnOrderAndShowsEveryStep() {
        logIn("operator");
        page.getByLabel("Order id").fill(Samples.ORDER.toString());
        page.keyboard().press("Enter");
        Locator steps = page.locator("ol.events > li");
        assertThat(steps).hasCount(5);
        assertThat(steps.first()).containsText("order.placed");
        assertThat(steps.last()).containsText("order.confirmed");
        assertThat(steps.last()).containsText("+111 ms");
        assertThat(page.getByText("5 events since")).containsText("ended after 231 ms");
        steps.last().locator("summary").focus();
        page.keyboard().press("Enter"); // opens by keyboard
        assertThat(steps.last().locator("pre")).isVisible();
        assertThat(steps.last().locator("pre")).containsText("<img src=x onerror=");
        assertThat(page.url()).isEqualTo(origin.url() + "/#/orders/" + Samples.ORDER);
        picture("order");
        assertUnharmed();
    }

    @Test
    void comesBackToTheViewItWasOpenedAtAfterLoggingIn() {
        page.navigate(origin.url() + "/#/orders/" + Samples.ORDER);
        logInHere("analyst");
        assertThat(page.locator("ol.events > li")).hasCount(5);
        assertUnharmed();
    }

    @Test
    void saysWhatIsWrongWithAnOrder() {
        logIn("operator");
        page.navigate(origin.url() + "/#/orders/12345");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This is not an order’s id");
        page.navigate(origin.url() + "/#/orders/0198c5d2-0000-7c3a-9f60-3b1f0a5c2d4e");
        assertThat(page.getByText("Nothing is known of this order yet; looking again…"))
                .isVisible();
        page.navigate(origin.url() + "/#/elsewhere");
        assertThat(page.getByText("There is no such view.")).isVisible();
    }

    @Test
    void searchesLogsPageByPageAndTakesNoTextForMarkup() {
        logIn("operator");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Logs").setExact(true))
                .click();
        Locator lines = page.locator("details.line");
        assertThat(lines).hasCount(100);
        assertThat(lines.first().locator(".message")).hasText(Samples.HOSTILE);
        lines.first().locator("summary").click();
        assertThat(lines.first().locator("pre")).containsText("java.lang.IllegalStateException: <img src=x");
        assertThat(lines.first().locator("dt").last()).hasText(Samples.HOSTILE);
        page.getByText("Load more").click();
        assertThat(lines).hasCount(200);
        page.getByText("Load more").click();
        assertThat(lines).hasCount(StandInApi.LINES);
        assertThat(page.getByText("Load more")).isHidden();
        picture("logs");
        page.getByLabel("Text").fill("nothing");
        page.getByLabel("At least").selectOption("WARN");
        page.keyboard().press("Tab");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search"))
                .click();
        assertThat(page.getByText("No line matches.")).isVisible();
        assertThat(page.url()).endsWith("#/logs?text=nothing&level=WARN");
        assertUnharmed();
    }

    @Test
    void keepsTheLastFiguresWhileTheConnectionIsLost() {
        logIn("operator");
        assertThat(tile("Services up")).containsText("5 / 6");
        console.getBean(StandInApi.class).goAway();
        assertThat(page.getByRole(AriaRole.STATUS).getByText("Connection lost since"))
                .isVisible();
        assertThat(page.locator(".stale")).containsText("5 / 6");
        picture("lost");
        console.getBean(StandInApi.class).comeBack();
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
        assertThat(page.locator(".stale")).hasCount(0);
    }

    @Test
    void tellsWhoMayNotSeeThis() {
        logIn("customer");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You are not permitted to see this");
    }

    @Test
    void renewsItsTokenInSilence() {
        logIn("operator");
        assertThat(tile("Services up")).isVisible();
        String old = page.evaluate("sessionStorage.getItem('millrace.session')").toString();
        page.evaluate("sessionStorage.setItem('millrace.session',"
                + " JSON.stringify({...JSON.parse(sessionStorage.getItem('millrace.session')), expires: Date.now()}))");
        page.reload();
        assertThat(tile("Services up")).isVisible();
        assertThat(page.evaluate("sessionStorage.getItem('millrace.session')").toString())
                .isNotEqualTo(old);
        assertUnharmed();
    }

    @Test
    void asksToLogInAgainWhenTheSessionHasEnded() {
        logIn("operator");
        assertThat(tile("Services up")).isVisible();
        visit.clearCookies();
        page.evaluate("sessionStorage.setItem('millrace.session',"
                + " JSON.stringify({...JSON.parse(sessionStorage.getItem('millrace.session')), expires: Date.now()}))");
        page.reload();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Your session has ended.");
        logInHere("operator");
        assertThat(tile("Services up")).isVisible();
    }

    @Test
    void logsOutHereAndAtTheIssuer() {
        logIn("operator");
        page.getByText("Log out").click();
        assertThat(page.getByText("Log in", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.evaluate("sessionStorage.getItem('millrace.session')")).isNull();
        page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByLabel("Password")).isVisible(); // and is not let in unasked
        assertUnharmed();
    }

    @Test
    void goesToTheNameOfThisMachineThatLoginsAreBoundTo() {
        page.navigate(origin.url().replace("localhost", "127.0.0.1") + "/#/logs");
        page.waitForURL(origin.url() + "/#/logs");
    }

    private void open(Browser.NewContextOptions options) {
        visit = browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE));
        visit.addInitScript("addEventListener('securitypolicyviolation',"
                + " (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));");
        page = visit.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
    }

    private void logIn(String user) {
        page.navigate(origin.url() + "/");
        logInHere(user);
    }

    private void logInHere(String user) {
        page.getByText("Log in", new Page.GetByTextOptions().setExact(true)).click();
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill("demo");
        page.keyboard().press("Enter");
        assertThat(page.locator(".who")).containsText(user);
    }

    private Locator tile(String name) {
        return page.locator(".tile", new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*" + name)));
    }

    private static Page.GetByRoleOptions region(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private boolean wider() {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth");
    }

    /** Nothing the page was given ran, nothing was refused by its policy, and nothing failed in it. */
    private void assertUnharmed() {
        assertThat(page.evaluate("window.harmed === undefined && document.querySelectorAll('main img').length === 0"))
                .isEqualTo(true);
        assertThat(complaints).isEmpty();
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
