package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** More alerts than a browser is told of by itself are found by parts of names and by severity, and come in pages. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class ManyAlertsStoryTest {
    private static final String RULE = "many_alerts";
    private static final String HOST = "many-alerts-host";
    private static final String METRIC = "player_count";
    private static final int ALERTS = 130;
    private static final int CRITICAL = 7;
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void manyAlertsAreFoundByPartsOfTheirNames(PeerscopeProcess peerscope) {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        Story story = Story.begin("many alerts");
        Api admin = peerscope.api("admin");
        assertThat(admin.post("/api/v1/rules", rule()).status()).isEqualTo(201);
        try (Browser browser = Browser.open(chromium.orElseThrow())) {
            report(peerscope.api("fleet"));
            story.holdsWithin(SOON, "each map has its alert", () -> assertThat(open(admin))
                    .isEqualTo(ALERTS));
            Page page = browser.page();
            People.of(peerscope).signIn(page, "operator", "/p2p/monitoring/alerts");
            Locator rows = page.locator("ps-active-alerts tbody tr");
            Locator words = page.locator("ps-active-alerts input[type=search]");
            assertThat(rows).hasCount(50, soon());
            words.fill("CROWD-012 " + HOST.substring(0, 11));
            assertThat(rows).hasCount(1, soon());
            assertThat(rows).containsText("crowd-012");
            assertThat(page).hasURL(Pattern.compile("q=CROWD-012"));
            story.tell("one of %d is found by a part of the name of its map", ALERTS);

            words.fill("many_alerts");
            page.locator(".counts button", new Page.LocatorOptions().setHasText("critical"))
                    .click();
            assertThat(rows).hasCount(CRITICAL, soon());
            browser.screenshot("many-alerts-dark", ColorScheme.DARK, 1440, 900);
            assertThat(Accessibility.graveFaults(page)).isEmpty();
            browser.screenshot("many-alerts-phone", ColorScheme.LIGHT, 390, 844);
            page.setViewportSize(1440, 900);
            words.fill("no such thing");
            assertThat(page.locator("ps-active-alerts ps-empty")).containsText("No alert fits");
            assertThat(browser.complaints()).as("on the console").isEmpty();
        } finally {
            admin.delete("/api/v1/rules/" + RULE);
        }
        story.holdsWithin(
                SOON, "they end with their rule", () -> assertThat(open(admin)).isZero());
    }

    private static int open(Api admin) {
        return admin.get("/api/v1/alerts/active?q=" + RULE).json().path("total").asInt(-1);
    }

    private static Map<String, Object> rule() {
        return Map.of(
                "id",
                RULE,
                "metric",
                METRIC,
                "kind",
                "map",
                "operator",
                ">",
                "info",
                500,
                "critical",
                900,
                "where",
                Map.of("host", HOST),
                "summary",
                "{{map}} is crowded");
    }

    private static void report(Api fleet) {
        List<Map<String, Object>> points = IntStream.range(0, ALERTS)
                .mapToObj(map -> Map.<String, Object>of(
                        "kind",
                        "map",
                        "labels",
                        Map.of("map", "crowd-%03d".formatted(map), "hosting", "p2p"),
                        "fields",
                        Map.of(METRIC, map < CRITICAL ? 950 : 600)))
                .toList();
        assertThat(fleet.post("/api/v1/ingest", Map.of("host", HOST, "points", points))
                        .status())
                .isEqualTo(200);
    }

    private static LocatorAssertions.HasCountOptions soon() {
        return new LocatorAssertions.HasCountOptions().setTimeout(SOON.toMillis());
    }
}
