package io.millrace.systemtests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** One person's browser with one page; remembers whatever its console complains of. */
final class Visit implements AutoCloseable {

    private static final Path PICTURES = Path.of("target", "pictures");
    private static final int TALLEST = 2_000; // pixels of a picture

    /** Paints a text's background and colour one over the other, as they may be translucent, and compares the two. */
    private static final String FAINT = """
            () => {
              const brush = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
              const luminance = (...layers) => {
                brush.globalAlpha = 1;
                for (const [colour, opacity] of [['white', 1], ...layers]) {
                  brush.globalAlpha = opacity;
                  brush.fillStyle = colour;
                  brush.fillRect(0, 0, 1, 1);
                }
                const [r, g, b] = [...brush.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
                  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const contrast = (element, style) => {
                const around = [];
                for (let one = element; one; one = one.parentElement) {
                  around.unshift(getComputedStyle(one));
                }
                const behind = around.map((one) => [one.backgroundColor, 1]);
                const opacity = around.reduce((product, one) => product * one.opacity, 1);
                const [dark, light] = [luminance(...behind), luminance(...behind, [style.color, opacity])].toSorted((one, other) => one - other);
                return (light + 0.05) / (dark + 0.05);
              };
              const faint = [];
              const look = (element, text, style) => {
                const found = contrast(element, style);
                if (text && !element.disabled && element.checkVisibility() && !(found >= 4.5)) {
                  faint.push(`${found.toFixed(2)}: ${text}`);
                }
              };
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const element = texts.currentNode.parentElement;
                look(element, texts.currentNode.data.trim(), getComputedStyle(element));
              }
              for (const field of document.querySelectorAll('[placeholder]')) {
                look(field, field.placeholder, getComputedStyle(field, '::placeholder'));
              }
              return faint;
            }""";

    private final URI url;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Pattern> tolerated = new ArrayList<>();

    Visit(Browser browser, URI url) {
        this.url = url;
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(15_000);
        context.addInitScript("addEventListener('securitypolicyviolation',"
                + " (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));");
        this.page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
    }

    Page page() {
        return page;
    }

    /** The address of a view, such as {@code #/logs}. */
    String url(String fragment) {
        return url + "/" + fragment;
    }

    /** Opens a view. */
    void open(String fragment) {
        page.navigate(url(fragment));
    }

    /** Opens the pulse and logs in on the way. */
    void logIn(String user) {
        open("");
        exactly("Log in").click();
        fillLogin(user);
    }

    /** Fills the form to log in by. */
    void fillLogin(String user) {
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill("demo");
        page.keyboard().press("Enter");
        assertThat(page.locator(".who")).containsText(user);
    }

    /** Forgets who is logged in at the issuer, as it does itself when a session has become too old. */
    void loseSession() {
        context.clearCookies();
    }

    /** What the page keeps of its login; empty when it keeps nothing. */
    Optional<String> kept() {
        return Optional.ofNullable(page.evaluate("sessionStorage.getItem('millrace.session')"))
                .map(Object::toString);
    }

    Locator exactly(String text) {
        return page.getByText(text, new Page.GetByTextOptions().setExact(true));
    }

    Locator alert() {
        return page.getByRole(AriaRole.ALERT);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator panel(String name) {
        return page.locator(
                "section.panel",
                new Page.LocatorOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(name).setExact(true))));
    }

    Locator tile(String name) {
        return page.locator(".tile", new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*" + name + "\\s*\\S")))
                .first();
    }

    /** The words beside the dot that say whether what is shown is live. */
    Locator connection() {
        return page.locator(".connection");
    }

    /** Whether the page has to be scrolled sideways. */
    boolean isWiderThanItsWindow() {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth");
    }

    /** Presses Tab until an element has the focus. */
    void tabTo(Locator element) {
        for (int presses = 0; presses < 30; presses++) {
            page.keyboard().press("Tab");
            if ((Boolean) element.evaluate("element => element === document.activeElement")) {
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + element);
    }

    /** Texts whose contrast to what is behind them is less than 4.5 (WCAG 2.2, 1.4.3), which is for all sizes here. */
    List<?> faintTexts() {
        return (List<?>) page.evaluate(FAINT);
    }

    /** For whoever wants to see what a test saw. */
    void picture(String name) {
        double width = page.viewportSize().width;
        double height =
                Math.min(TALLEST, ((Number) page.evaluate("document.documentElement.scrollHeight")).doubleValue());
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true)
                .setClip(0, 0, width, height));
    }

    /** What the browser itself writes of an answer that is no good one; the page has to say it in its own words. */
    void tolerateStatus(int... statuses) {
        for (int status : statuses) {
            tolerated.add(Pattern.compile("Failed to load resource: the server responded with a status of " + status));
        }
    }

    /** What the browser itself writes of connections that break. */
    void tolerateLostConnections() {
        tolerateStatus(502, 503, 504);
        tolerated.add(Pattern.compile("Failed to load resource: net::ERR_"));
    }

    /** Leaves; nothing may have failed in the page, and its policy may not have been violated. */
    @Override
    public void close() {
        context.close();
        assertThat(complaints)
                .filteredOn(complaint -> tolerated.stream()
                        .noneMatch(pattern -> pattern.matcher(complaint).lookingAt()))
                .isEmpty();
    }

    static LocatorAssertions.IsVisibleOptions within(int seconds) {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(seconds * 1_000.0);
    }

    static LocatorAssertions.ContainsTextOptions containing(int seconds) {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1_000.0);
    }
}
