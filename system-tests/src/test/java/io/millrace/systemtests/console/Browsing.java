package io.millrace.systemtests.console;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.CheckedPlatform;
import io.millrace.systemtests.Progress;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.systemtests.shop.ShopClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A platform and a browser, started once for all test classes that ask for them and closed after the last test.
 *
 * <p>Tokens and live streams are short-lived, so that what takes an operator an hour to see happens within each test: a
 * stream ends, and the next one needs a new token.
 */
final class Browsing implements BeforeAllCallback {

    static final String BOOK = "CONSOLE-BOOK";
    static final String FEW = "CONSOLE-FEW";

    private static final String CHROMIUM = System.getProperty("browser.path", "/usr/bin/chromium");
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Browsing.class);

    private @Nullable Started started;

    /** What runs. */
    private record Started(CheckedPlatform platform, Playwright playwright, Browser browser) implements AutoCloseable {

        static Started start() {
            CheckedPlatform platform = CheckedPlatform.start(
                    PlatformSettings.throwAway()
                            .withSeed(false)
                            // a second more than the page wants to be left when it uses a token
                            .withEnvironment("outside", "MILLRACE_IDENTITY_TOKENLIFE", "61s")
                            .withEnvironment("monitoring-service", "MILLRACE_MONITORING_OVERVIEW_LIVEFOR", "10s"),
                    new Progress(System.out));
            stock(platform);
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            return new Started(
                    platform,
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(Path.of(CHROMIUM))
                                    .setArgs(List.of("--no-sandbox"))));
        }

        private static void stock(CheckedPlatform platform) {
            try {
                platform.shop().offer(List.of(BOOK, FEW), 1_000, 5_000, "berlin");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the shop is stocked", e);
            }
        }

        @Override
        public void close() {
            playwright.close();
            platform.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        started = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Started.class, _ -> Started.start(), Started.class);
    }

    CheckedPlatform platform() {
        return started().platform;
    }

    /** Somebody who has just opened a browser and is known to nobody. */
    Visit visit() {
        return new Visit(started().browser, platform().platform().url());
    }

    /** An order that was placed and confirmed. */
    UUID confirmed() throws Exception {
        ShopClient shop = platform().shop();
        String token = buyer();
        UUID id = shop.place(token, OrderBody.of(BOOK, 2)).id();
        String status =
                shop.await(token, id, "CONFIRMED", Duration.ofSeconds(30)).text("status");
        if (!status.equals("CONFIRMED")) {
            throw new AssertionError("the order is " + status);
        }
        return id;
    }

    /** An order whose buyer can't be told of it: most others leave no line in the logs. */
    UUID unreachable() throws Exception {
        ShopClient shop = platform().shop();
        String order = OrderBody.of(BOOK, 1).json().replace("ada@", "bounce@");
        UUID id = shop.post("/api/orders", buyer(), order).require(201).id();
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> shop.get("/api/ops/logs?orderId=" + id, shop.token("operator"))
                                .json()
                                .path("items")
                                .isEmpty(),
                        found -> !found);
        return id;
    }

    /** A token of somebody who has not bought anything yet: many orders of one buyer are held. */
    String buyer() {
        return platform().buyers().token(platform().buyers().block(1));
    }

    private Started started() {
        return Objects.requireNonNull(started, "nothing is started before the first test class begins");
    }
}
