package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.SteadyHost;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator opens the link that the start printed and watches: the page moves by itself. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class BrowserStoryTest {
    private static final String HOST = "browser-host";
    private static final String RULE = "browser_players";
    private static final int FIRST = 4211;
    private static final int THEN = 4377;
    private static final int TOO_MANY = 9123;
    private static final double SOON = 15_000;

    @Test
    void theBrowserShowsHostsAndAlertsAsTheyCome(PeerscopeProcess peerscope) {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        Story story = Story.begin("browser");
        Answer made = peerscope
                .api("admin")
                .post(
                        "/api/v1/rules",
                        Map.of(
                                "id",
                                RULE,
                                "metric",
                                "player_count",
                                "operator",
                                ">",
                                "critical",
                                9000,
                                "where",
                                Map.of("region", "browser"),
                                "summary",
                                "{{host}} is crowded"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        try (Browser browser = Browser.open(chromium.orElseThrow());
                SteadyHost host = SteadyHost.start(
                        peerscope.api("fleet"),
                        HOST,
                        Map.of("region", "browser"),
                        Duration.ofMillis(500),
                        Map.of("cpu_usage", 42.0, "memory_usage", 61.0, "player_count", (double) FIRST))) {
            Page page = browser.page();
            page.navigate(peerscope.oneTimeLink().toString());
            page.waitForURL("**/p2p/monitoring");
            story.tell("signed in by the one-time link");
            moves(page, host);
            story.tell("the host's cell and the total changed without a reload");
            alerts(page, host);
            story.tell("the alert came without a reload and was acknowledged by a click");
            pictures(browser);
            assertThat(browser.strangers(peerscope.address()))
                    .as("requests to others")
                    .isEmpty();
            assertThat(browser.complaints()).as("on the console").isEmpty();
        } finally {
            peerscope.api("admin").delete("/api/v1/rules/" + RULE);
        }
        isUsedUp(chromium.orElseThrow(), peerscope);
        story.tell("the link does not work twice");
    }

    /** What stands between is a proxy that holds everything back; the connection itself stays open. */
    @Test
    void aPageWhoseDataStandStillTurnsGreyAndSaysHowOldTheyAre(PeerscopeProcess peerscope) {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        AtomicBoolean heldBack = new AtomicBoolean();
        try (Browser browser = Browser.open(chromium.orElseThrow())) {
            Page page = browser.page();
            page.routeWebSocket(Pattern.compile("/monitor(\\?.*)?$"), socket -> {
                WebSocketRoute server = socket.connectToServer();
                server.onMessage(frame -> {
                    if (!heldBack.get()) {
                        pass(frame, socket);
                    }
                });
            });
            People.of(peerscope).signIn(page, "viewer", "/p2p/monitoring");
            assertThat(page.locator(".connection.live")).isVisible(visibleSoon());
            assertThat(page.locator(".stale")).hasCount(0);
            heldBack.set(true);
            assertThat(page.locator(".stale"))
                    .hasText(
                            Pattern.compile("Data is \\d+ s old.*"),
                            new LocatorAssertions.HasTextOptions().setTimeout(SOON));
            assertThat(page.locator("main.grey")).isVisible();
            assertThat(Accessibility.graveFaults(page)).isEmpty();
            browser.screenshot("stale-light", ColorScheme.LIGHT, 1440, 900);
            browser.screenshot("stale-dark", ColorScheme.DARK, 1440, 900);
            heldBack.set(false);
            assertThat(page.locator(".stale")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(SOON));
        }
    }

    /** Something between damages what is packed: the page goes on with text, and what it missed comes again. */
    @Test
    void aPageThatCannotUnpackAFrameComesBackWithoutPacking(PeerscopeProcess peerscope) {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Browser browser = Browser.open(chromium.orElseThrow())) {
            Page page = browser.page();
            page.routeWebSocket(Pattern.compile("/monitor(\\?.*)?$"), socket -> {
                asked.add(socket.url());
                boolean damaged = socket.url().endsWith("encoding=gzip");
                WebSocketRoute server = socket.connectToServer();
                server.onMessage(frame -> {
                    pass(frame, socket);
                    if (damaged) {
                        socket.send(new byte[] {31, (byte) 139, 8, 0, 1, 2, 3});
                    }
                });
            });
            People.of(peerscope).signIn(page, "viewer", "/p2p/monitoring");
            page.waitForCondition(() -> asked.size() > 1);
            assertThat(page.locator(".connection.live")).isVisible(visibleSoon());
            assertThat(page.locator(".stale")).hasCount(0);
            assertThat(asked).last().asString().endsWith("/monitor");
        }
    }

    private static void pass(WebSocketFrame frame, WebSocketRoute to) {
        if (frame.text() == null) {
            to.send(frame.binary());
        } else {
            to.send(frame.text());
        }
    }

    private static LocatorAssertions.IsVisibleOptions visibleSoon() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(SOON);
    }

    private static void moves(Page page, SteadyHost host) {
        Object before = page.evaluate("window.notReloaded = true");
        assertThat(before).isEqualTo(true);
        Locator row = page.locator("tr", new Page.LocatorOptions().setHasText(HOST));
        assertThat(row.locator("td.players")).hasText(number(FIRST), soon());
        host.set("player_count", THEN);
        assertThat(row.locator("td.players")).hasText(number(THEN), soon());
        assertThat(page.evaluate("window.notReloaded === true")).isEqualTo(true);
    }

    private static void alerts(Page page, SteadyHost host) {
        host.set("player_count", TOO_MANY);
        Locator alert = page.locator("li.alert", new Page.LocatorOptions().setHasText(HOST + " is crowded"));
        assertThat(alert).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SOON));
        alert.locator("button").click();
        assertThat(alert.locator(".done")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SOON));
        assertThat(page.evaluate("window.notReloaded === true")).isEqualTo(true);
    }

    private static void pictures(Browser browser) {
        browser.screenshot("overview-dark", ColorScheme.DARK, 1440, 900);
        browser.screenshot("overview-light", ColorScheme.LIGHT, 1440, 900);
        browser.screenshot("overview-390", ColorScheme.DARK, 390, 844);
        Object overflow =
                browser.page().evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow)
                .as("pixels that a phone would have to scroll sideways")
                .isEqualTo(0);
    }

    private static void isUsedUp(Path chromium, PeerscopeProcess peerscope) {
        try (Browser other = Browser.open(chromium)) {
            other.page().navigate(peerscope.oneTimeLink().toString());
            assertThat(other.page().locator("[role=alert]")).containsText("already used");
        }
    }

    private static LocatorAssertions.HasTextOptions soon() {
        return new LocatorAssertions.HasTextOptions().setTimeout(SOON);
    }

    /** With or without a sign between the thousands. */
    private static Pattern number(int value) {
        return Pattern.compile("%d\\D?%03d".formatted(value / 1000, value % 1000));
    }
}
