package io.millrace.systemtests.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.millrace.systemtests.console.Visit.containing;
import static io.millrace.systemtests.console.Visit.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.local.PlatformProcess;
import io.millrace.systemtests.shop.OrderBody;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console shows while parts of the platform are away. */
class ConsoleLossBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final Duration START = Duration.ofMinutes(2);
    private static final int ORDERS = 20;

    private Visit visit;
    private Page page;

    @BeforeEach
    void come() {
        visit = browsing.visit();
        page = visit.page();
        visit.tolerateLostConnections();
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @Test
    void keepsTheLastFiguresWhileTheConnectionIsLostAndComesBackLessAndLessOften() {
        List<Long> attempts = new CopyOnWriteArrayList<>(); // ns
        page.onRequest(request -> {
            if (request.url().contains("prompt=none")) { // each begins by renewing its token
                attempts.add(System.nanoTime());
            }
        });
        visit.logIn("operator");
        assertThat(visit.connection()).hasText("Live");
        assertThat(visit.tile("Services up")).containsText("all of them", containing(30));
        PlatformProcess monitoring = browsing.platform().process("monitoring-service");
        monitoring.stop();
        try {
            assertThat(visit.connection()).containsText("Connection lost since", containing(30));
            String since = visit.connection().textContent();
            attempts.clear();
            assertThat(page.locator(".stale .tile")).hasCount(8);
            assertThat(page.locator(".stale")).hasCSS("filter", "grayscale(1)");
            assertThat(visit.faintTexts()).isEmpty(); // they are looked at most when something is wrong
            assertThat(visit.tile("Services up")).containsText("all of them"); // the last that was known
            assertThat(page.locator("mill-pulse .notice")).containsText("these are the last known figures");
            visit.picture("lost");
            page.waitForCondition(() -> attempts.size() >= 4, new Page.WaitForConditionOptions().setTimeout(90_000));
            long first = attempts.get(1) - attempts.get(0);
            long last = attempts.get(3) - attempts.get(2);
            assertThat(last).isGreaterThan(first * 3 / 2);
            assertThat(visit.connection()).hasText(since.strip()); // since it was lost, not since the last attempt
            visit.open("#/logs");
            assertThat(visit.alert()).containsText("The platform is busy or being started.");
        } finally {
            monitoring.start();
        }
        monitoring.awaitReady(START);
        visit.button("Try again").click();
        assertThat(page.locator("details.line").first()).isVisible();
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Pulse").setExact(true))
                .click();
        assertThat(visit.exactly("Live")).isVisible(within(60)); // by itself
        assertThat(page.locator(".stale")).hasCount(0);
        assertThat(visit.tile("Services up")).containsText("all of them", containing(60));
    }

    /** Connections of a process that hangs stay open: only the silence tells. */
    @Test
    void takesSilenceForALoss() {
        visit.logIn("operator");
        assertThat(visit.connection()).hasText("Live");
        PlatformProcess monitoring = browsing.platform().process("monitoring-service");
        monitoring.pause();
        try {
            assertThat(visit.connection()).containsText("Connection lost since", containing(30));
            assertThat(page.locator(".stale .tile")).hasCount(8);
        } finally {
            monitoring.resume();
        }
        assertThat(visit.exactly("Live")).isVisible(within(60));
        assertThat(page.locator(".stale")).hasCount(0);
    }

    @Test
    void showsAServiceThatIsDownAndWhatWaitsForIt() throws Exception {
        visit.logIn("operator");
        assertThat(visit.tile("Services up")).containsText("all of them", containing(60));
        browsing.confirmed(); // a group shows once it has read something
        assertThat(visit.panel("Consumer lag")).containsText("inventory-service.orders", containing(30));
        PlatformProcess inventory = browsing.platform().process("inventory-service");
        inventory.stop();
        try {
            for (int placed = 0; placed < ORDERS; placed++) {
                browsing.platform().shop().place(browsing.buyer(), OrderBody.of(Browsing.BOOK, 1));
            }
            Locator service =
                    visit.panel("Services").locator("li", new Locator.LocatorOptions().setHasText("inventory-service"));
            assertThat(service).containsText("down since", containing(45));
            assertThat(visit.tile("Services up")).containsText("1 down");
            Locator worst = visit.panel("Consumer lag").locator("tbody tr").first();
            assertThat(worst).containsText("inventory-service.orders", containing(60));
            assertThat(worst).containsText("stopped");
            assertThat(visit.tile("Consumer lag")).containsText("stopped");
            assertThat(visit.faintTexts()).isEmpty();
            visit.picture("down");
            assertThat((Boolean) page.evaluate("""
                    () => {
                      const rows = [...document.querySelectorAll('[aria-labelledby=lag] tbody tr')].map((row) => {
                        const [group, topic, records, state] = [...row.cells].map((cell) => cell.textContent);
                        return { group, topic, records: Number(records.replaceAll(',', '')), state };
                      });
                      const sorted = rows.toSorted((one, other) => (other.state === 'stopped') - (one.state === 'stopped')
                        || other.records - one.records || one.group.localeCompare(other.group)
                        || one.topic.localeCompare(other.topic));
                      return rows.length > 5 && rows.every((row, at) => row === sorted[at]);
                    }""")).isTrue();
        } finally {
            inventory.start();
        }
        inventory.awaitReady(START);
        assertThat(visit.tile("Services up")).containsText("all of them", containing(60));
    }
}
