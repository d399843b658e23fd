package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator's work on an alert: it appears, is opened, acknowledged, silenced and resolved, and the page is never reloaded. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class AlertPageStoryTest {
    private static final String RULE = "pages_crowded";
    private static final String NOTE = "moving players to pages-beta";
    private static final int QUIET = 30;
    private static final int TOO_MANY = 700;
    private static final double SOON = 20_000;

    @Test
    void anOperatorWorksAnAlertOffWithoutAReload(PeerscopeProcess peerscope) {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        Story story = Story.begin("alert page");
        Api admin = peerscope.api("admin");
        makeRule(admin);
        People people = People.of(peerscope);
        try (Browser browser = Browser.open(chromium.orElseThrow());
                SmallNetwork network = SmallNetwork.start(peerscope.api("fleet"))) {
            Page page = browser.page();
            people.signIn(page, "operator", "/p2p/monitoring/alerts");
            page.evaluate("window.notReloaded = true");
            network.players(TOO_MANY);
            Locator alert = page.locator("ps-table a", new Page.LocatorOptions().setHasText("is crowded"));
            assertThat(alert).isVisible(soon());
            story.tell("the alert appeared by itself");
            alert.click();
            assertThat(page.locator("h1")).containsText(SmallNetwork.FIRST + " is crowded");
            assertThat(page.locator("ps-alert-chart canvas")).isVisible(soon());

            acknowledge(page);
            story.tell("acknowledged with a note");
            silence(page);
            story.tell("silenced from the alert itself");
            browser.screenshot("alert-dark", ColorScheme.DARK, 1440, 900);
            assertThat(Accessibility.graveFaults(page)).isEmpty();
            browser.screenshot("alert-phone", ColorScheme.LIGHT, 390, 844);
            assertThat(Accessibility.graveFaults(page)).isEmpty();
            page.setViewportSize(1440, 900);

            network.players(QUIET);
            resolve(page);
            story.tell("resolved, and the timeline tells it all");
            assertThat(page.evaluate("window.notReloaded === true")).isEqualTo(true);
            assertThat(browser.strangers(peerscope.address()))
                    .as("requests to others")
                    .isEmpty();
            assertThat(browser.complaints()).as("on the console").isEmpty();
        } finally {
            admin.delete("/api/v1/rules/" + RULE);
            endSilences(admin);
        }
    }

    private static void makeRule(Api admin) {
        Answer made = admin.post(
                "/api/v1/rules",
                Map.of(
                        "id",
                        RULE,
                        "metric",
                        "player_count",
                        "operator",
                        ">",
                        "critical",
                        500,
                        "where",
                        Map.of("region", SmallNetwork.REGION),
                        "summary",
                        "{{host}} is crowded"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
    }

    /** As by the link in a message, which opens what the button opens and still has to be confirmed. */
    private static void acknowledge(Page page) {
        assertThat(button(page, "Acknowledge")).isVisible();
        page.evaluate("history.pushState(null, '', location.pathname + '?acknowledge');"
                + " dispatchEvent(new PopStateEvent('popstate'))");
        page.locator("ps-act textarea").fill(NOTE);
        page.locator("ps-act .primary").click();
        assertThat(page.locator("ps-act")).hasCount(0, soonGone());
        assertThat(page.locator("ps-alert-page")).containsText("ack " + People.name("operator"), soonText());
        assertThat(page.locator("ps-alert-timeline")).containsText("Acknowledged", soonText());
        assertThat(page.locator("ps-alert-page .notes")).hasText(NOTE);
    }

    private static void silence(Page page) {
        button(page, "Silence").click();
        assertThat(page.locator("ps-silence-dialog input[name=matchers]"))
                .hasValue("rule_id=%s, host=%s".formatted(RULE, SmallNetwork.FIRST));
        page.locator("ps-silence-dialog textarea").fill("a move is under way");
        page.locator("ps-silence-dialog .primary").click();
        assertThat(page.locator("ps-silence-dialog")).hasCount(0, soonGone());
        assertThat(page.locator("ps-alert-page .chip", new Page.LocatorOptions().setHasText("silenced")))
                .isVisible(soon());
    }

    private static void resolve(Page page) {
        Locator resolved = page.locator("ps-alert-page .chip", new Page.LocatorOptions().setHasText("resolved"));
        button(page, "Resolve").click();
        page.locator("ps-act .primary").click();
        assertThat(resolved.first()).isVisible(soon());
        assertThat(page.locator("ps-alert-timeline")).containsText("Resolved", soonText());
        assertThat(page.locator("ps-alert-timeline")).containsText("Fired");
    }

    private static Locator button(Page page, String title) {
        return page.locator(".page-head button", new Page.LocatorOptions().setHasText(title));
    }

    private static void endSilences(Api admin) {
        admin.get("/api/v1/silences").at("/silences").forEach(silence -> {
            if (silence.at("/matchers/rule_id").asText().equals(RULE)) {
                admin.delete("/api/v1/silences/" + silence.path("id").asText());
            }
        });
    }

    private static LocatorAssertions.IsVisibleOptions soon() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(SOON);
    }

    private static LocatorAssertions.HasCountOptions soonGone() {
        return new LocatorAssertions.HasCountOptions().setTimeout(SOON);
    }

    private static LocatorAssertions.ContainsTextOptions soonText() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON);
    }
}
