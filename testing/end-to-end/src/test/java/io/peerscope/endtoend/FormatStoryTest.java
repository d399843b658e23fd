package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.peerscope.testkit.process.PeerscopeProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Numbers, units and times as the pages write them, in a list of alerts that nobody raised. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class FormatStoryTest {
    private static final String HISTORY = "/p2p/monitoring/alerts?view=history";

    private record Case(String metric, @Nullable Double value, String text) {}

    private static final List<Case> CASES = List.of(
            new Case("cpu_usage", null, "–"),
            new Case("cpu_usage", 0.0, "0.0 %"),
            new Case("cpu_usage", -0.04, "0.0 %"),
            new Case("cpu_usage", 0.004, "0.00 %"),
            new Case("cpu_usage", 99.96, "100.0 %"),
            new Case("cpu_usage", 12_345.0, "12,345 %"),
            new Case("map_load", 80.0, "80.0 %"),
            new Case("tick_rate", 20.0, "20"),
            new Case("peer_churn_rate", 2.5, "2.50"),
            new Case("latency_ms", 41.0, "41 ms"),
            new Case("latency_ms", 0.0004, "0.00 ms"),
            new Case("latency_ms", 9_999.0, "9,999 ms"),
            new Case("latency_ms", 12_345.0, "12.3 s"),
            new Case("latency_ms", 119_999.0, "120 s"),
            new Case("clock_error_ms", 120_000.0, "2 min"),
            new Case("clock_error_ms", 150_000.0, "2 min 30 s"),
            new Case("clock_error_ms", 599_500.0, "10 min"),
            new Case("clock_error_ms", 3_600_000.0, "1 h"),
            new Case("clock_error_ms", -5_400_000.0, "−1 h 30 min"),
            new Case("clock_error_ms", 90_061_000.0, "1 d 1 h"),
            new Case("uptime_seconds", 59.0, "59 s"),
            new Case("uptime_seconds", 864_000.0, "10 d"),
            new Case("memory_bytes", 0.0, "0 B"),
            new Case("memory_bytes", 999.0, "999 B"),
            new Case("memory_bytes", 999_950.0, "1.0 MB"),
            new Case("memory_bytes", -1_500.0, "-1.5 kB"),
            new Case("memory_bytes", 1e18, "1000 PB"),
            new Case("bandwidth_usage", 2e6, "2.0 MB/s"),
            new Case("bitrate_kbps", 800.0, "800 kbit/s"),
            new Case("bitrate_kbps", 1_500.0, "1.50 Mbit/s"),
            new Case("frame_rate", 29.97, "30.0 fps"),
            new Case("player_count", 99_999.0, "99,999"),
            new Case("player_count", 1_234_567.0, "1.2M"),
            new Case("unheard_of", 1e-9, "0.00"));

    @Test
    void numbersAndTimesAreWrittenAsPeopleReadThem(PeerscopeProcess peerscope) {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        People people = People.of(peerscope);
        try (Browser browser = Browser.open(chromium.orElseThrow())) {
            Page page = browser.page();
            JsonObject zone = new JsonObject();
            zone.addProperty("timezoneId", "Asia/Kolkata");
            page.context().newCDPSession(page).send("Emulation.setTimezoneOverride", zone);
            page.route(
                    url -> url.replaceFirst("[?#].*", "").endsWith("/api/v1/alerts"),
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody(answer())));
            people.signIn(page, "viewer", HISTORY);
            Locator rows = page.locator("ps-alert-history ps-table tbody tr");
            assertThat(rows).hasCount(CASES.size());
            List<?> shown = (List<?>) rows.evaluateAll(
                    "rows => rows.map(row => row.querySelector('td:nth-child(3)').innerText.split('\\n')[0])");
            for (int at = 0; at < CASES.size(); at++) {
                assertThat(shown.get(at))
                        .as(CASES.get(at).toString())
                        .isEqualTo(CASES.get(at).text());
            }
            assertThat(rows.first().locator("td:nth-child(4)")).hasText("Feb 1, 00:05");
            assertThat(rows.first().locator("td:nth-child(5)")).hasText("2 d 4 h");
        }
    }

    private static String answer() {
        List<Map<String, @Nullable Object>> alerts = IntStream.range(0, CASES.size())
                .mapToObj(at -> alert(at, CASES.get(at)))
                .toList();
        try {
            return new ObjectMapper().writeValueAsString(Map.of("alerts", alerts, "total", alerts.size()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, @Nullable Object> alert(int at, Case each) {
        Map<String, @Nullable Object> alert = new HashMap<>(Map.of(
                "id",
                "format-" + at,
                "rule_id",
                "format",
                "host",
                "h1",
                "subject",
                Map.of("kind", "host", "labels", Map.of()),
                "metric",
                each.metric(),
                "status",
                "resolved",
                "severity",
                "warning",
                "summary",
                "alert " + at,
                "simulated",
                false,
                "flapping",
                false));
        alert.put("value", each.value());
        alert.put("threshold", each.value());
        // Five past midnight where the browser is.
        alert.put("started_at", "2026-01-31T18:35:00Z");
        alert.put("fired_at", "2026-01-31T18:35:00Z");
        alert.put("updated_at", "2026-02-02T22:35:00Z");
        alert.put("resolved_at", "2026-02-02T22:35:00Z");
        alert.put("acknowledged_by", null);
        alert.put("silenced_by", null);
        return alert;
    }
}
