package io.millrace.systemtests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.millrace.systemtests.console.Visit.containing;
import static io.millrace.systemtests.console.Visit.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.millrace.local.PlatformProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who looks at the console of a running platform, and for how long. */
class ConsoleSessionBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

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
    void comesBackToTheViewItWasOpenedAtAfterLoggingIn() {
        visit.open("#/logs?service=order-service");
        visit.exactly("Log in").click();
        visit.fillLogin("analyst");
        assertThat(page).hasURL(visit.url("#/logs?service=order-service"));
        assertThat(page.locator("details.line").first()).isVisible();
    }

    /** A stream ends, and the next needs a token that has more of its life before it. */
    @Test
    void renewsItsTokenInSilence() {
        List<String> tokens = new CopyOnWriteArrayList<>();
        page.onRequest(request -> {
            if (request.url().endsWith("/api/ops/live")) {
                tokens.add(String.valueOf(request.headers().get("authorization")));
            }
        });
        visit.logIn("operator");
        assertThat(visit.connection()).hasText("Live");
        page.evaluate("""
                globalThis.said = new Set();
                new MutationObserver(() => said.add(document.querySelector('.connection')?.textContent.trim()))
                    .observe(document.body, { subtree: true, childList: true, characterData: true });
                """);
        page.waitForCondition(() -> tokens.size() >= 3, new Page.WaitForConditionOptions().setTimeout(60_000));
        String shown = String.valueOf(page.locator(".foot time").getAttribute("datetime"));
        assertThat(page.locator(".foot time")).not().hasAttribute("datetime", shown); // figures still come
        assertThat(tokens).doesNotHaveDuplicates();
        assertThat((List<?>) page.evaluate("[...globalThis.said]"))
                .isEqualTo(List.of("Live")); // nor was it loaded again
        assertThat(visit.kept().orElseThrow()).contains(tokens.getLast().substring("Bearer ".length()));
    }

    @Test
    void asksToLogInAgainWhenTheSessionHasEnded() {
        visit.logIn("operator");
        assertThat(visit.connection()).hasText("Live");
        visit.loseSession();
        assertThat(visit.alert()).containsText("Your session has ended.", containing(45));
        assertThat(visit.tile("Services up")).isHidden();
        assertThat(visit.kept()).isEmpty();
        assertThat(visit.faintTexts()).isEmpty();
        visit.picture("session-ended");
        visit.exactly("Log in").click();
        visit.fillLogin("operator");
        assertThat(visit.tile("Services up")).isVisible();
    }

    /** The same found by a view's own request, which comes before the stream's. */
    @Test
    void asksToLogInAgainWhenASearchFindsTheSessionEnded() {
        visit.logIn("operator");
        visit.open("#/logs");
        visit.loseSession();
        page.waitForCondition(() -> {
            page.evaluate("document.querySelector('mill-logs form')?.requestSubmit()");
            return visit.alert().isVisible();
        });
        assertThat(visit.alert()).containsText("Your session has ended.");
        visit.exactly("Log in").click();
        visit.fillLogin("operator");
        assertThat(page).hasURL(visit.url("#/logs"));
    }

    @Test
    void logsOutHereAndAtTheIssuer() {
        visit.logIn("operator");
        visit.button("Log out").click();
        assertThat(visit.exactly("Log in")).isVisible();
        assertThat(visit.kept()).isEmpty();
        assertThat(page.locator(".who")).isHidden();
        visit.exactly("Log in").click();
        assertThat(page.getByLabel("Password")).isVisible(); // and is not let in unasked
        visit.fillLogin("analyst");
        assertThat(visit.tile("Services up")).isVisible();
    }

    @Test
    void tellsWhoMayNotSeeThis() {
        visit.tolerateStatus(403);
        visit.logIn("customer");
        String words = "You are not permitted to see this: it takes the right ops:read";
        assertThat(visit.alert()).containsText(words);
        assertThat(visit.connection()).hasText("Not live");
        assertThat(page.locator(".tile")).hasCount(0);
        visit.open("#/logs");
        assertThat(page.locator("mill-logs").getByText(words)).isVisible();
        visit.open("#/orders/0198c5d2-0000-7c3a-9f60-3b1f0a5c2d4e");
        assertThat(page.locator("mill-journey").getByText(words)).isVisible();
        assertThat(visit.faintTexts()).isEmpty();
        visit.picture("forbidden");
    }

    @Test
    void goesToTheNameOfThisMachineThatLoginsAreBoundTo() {
        String proper = visit.url("#/logs");
        String other = proper.contains("//localhost")
                ? proper.replace("//localhost", "//127.0.0.1")
                : proper.replace("//127.0.0.1", "//localhost");
        assertThat(other).isNotEqualTo(proper);
        page.navigate(other);
        page.waitForURL(proper);
        assertThat(visit.exactly("Log in")).isVisible();
    }

    /** The last figures may not be called live while the next stream waits for a token. */
    @Test
    void takesAnIssuerThatHangsForALoss() {
        visit.tolerateLostConnections();
        visit.logIn("operator");
        assertThat(visit.connection()).hasText("Live");
        PlatformProcess issuer = browsing.platform().process("outside");
        issuer.pause();
        try {
            assertThat(visit.connection()).containsText("Connection lost since", containing(45));
            assertThat(page.locator(".who")).containsText("operator");
        } finally {
            issuer.resume();
        }
        assertThat(visit.exactly("Live")).isVisible(within(60));
    }

    /** An issuer that gives no answer says nothing about a login; one that was started again knows of none. */
    @Test
    void takesAnIssuerThatIsAwayForNoEndOfTheSession() {
        visit.tolerateLostConnections();
        visit.logIn("operator");
        assertThat(visit.connection()).hasText("Live");
        PlatformProcess issuer = browsing.platform().process("outside");
        issuer.stop();
        try {
            assertThat(visit.connection()).containsText("Connection lost since", containing(45));
            assertThat(page.locator(".who")).containsText("operator");
            assertThat(page.locator(".stale .tile")).hasCount(8);
        } finally {
            issuer.start();
        }
        issuer.awaitReady(Duration.ofMinutes(1));
        assertThat(visit.alert()).containsText("Your session has ended.", containing(60));
        visit.exactly("Log in").click();
        visit.fillLogin("operator");
        assertThat(visit.connection()).hasText("Live");
    }
}
