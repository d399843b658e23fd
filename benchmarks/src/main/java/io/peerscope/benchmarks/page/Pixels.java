package io.peerscope.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.page.Chromium.Tab;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One host's number, from before its POST until it is in a frame and until it is painted, while thousands of others move.
 *
 * @param lost that were not painted; the last of two that come in one frame takes the other's place
 */
public record Pixels(Distribution.Summary frame, Distribution.Summary pixel, int lost) {
    private static final String HOST = "pixel-host";
    private static final String FIELD = "player_count";
    private static final int FIRST = 1000;
    /** Slower than frames come, and in step with nothing. */
    private static final int EVERY_MILLIS = 1370;

    private static final int STRAGGLERS_MILLIS = 3000;

    static Pixels measure(Tab tab, Api fleet, int count) {
        post(fleet, FIRST - 1);
        tab.open("/hosts?q=" + HOST);
        tab.until("probe.all('tbody td.c-player_count').length > 0");
        tab.page().evaluate("([host, field, cell]) => probe.watch(host, field, cell)", new String[] {
            HOST, FIELD, "tbody td.c-player_count"
        });
        // A host is told of once a second, so what comes right after the value that made it known waits for the next.
        tab.page().waitForTimeout(EVERY_MILLIS);
        Map<String, Long> posted = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            posted.put(Integer.toString(FIRST + i), System.currentTimeMillis());
            post(fleet, FIRST + i);
            tab.page().waitForTimeout(EVERY_MILLIS);
        }
        tab.page().waitForTimeout(STRAGGLERS_MILLIS);
        JsonNode told = tab.object("probe.watchedSoFar()");
        Distribution.Summary pixel = since(posted, told.path("seen"));
        return new Pixels(since(posted, told.path("heard")), pixel, count - pixel.n());
    }

    private static void post(Api fleet, int value) {
        Answer answer = fleet.post("/api/v1/ingest", Map.of("host", HOST, "points", new Object[] {
            Map.of("timestamp", System.currentTimeMillis(), "fields", Map.of(FIELD, value))
        }));
        if (answer.status() != 200) {
            throw new IllegalStateException("not taken: " + answer);
        }
    }

    private static Distribution.Summary since(Map<String, Long> posted, JsonNode arrived) {
        Distribution distribution = new Distribution();
        posted.forEach((value, at) -> {
            if (arrived.path(value).asLong() > 0) {
                distribution.add(1000 * (arrived.path(value).asLong() - at));
            }
        });
        return distribution.summary();
    }
}
