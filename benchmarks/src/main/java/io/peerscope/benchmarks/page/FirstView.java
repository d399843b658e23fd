package io.peerscope.benchmarks.page;

import com.google.gson.JsonObject;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.page.Chromium.Tab;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody opens the overview and has nothing of it yet.
 *
 * @param figures from the navigation until the figures at the top are painted
 * @param rows until hosts are painted, too
 * @param largest the largest contentful paint
 * @param bytes that came over HTTP, headers included, compressed as they were
 * @param liveBytes that came over the WebSocket until hosts were painted and a second more
 */
public record FirstView(
        Distribution.Summary figures,
        Distribution.Summary rows,
        Distribution.Summary largest,
        long bytes,
        long liveBytes) {
    private static final int SETTLED_MILLIS = 2000;
    /** A WebSocket message whose bytes Chromium tells in Base64. */
    private static final int BINARY = 2;

    /** @param times the page is opened anew */
    public static FirstView measure(Chromium chromium, int times) {
        Distribution figures = new Distribution();
        Distribution rows = new Distribution();
        Distribution largest = new Distribution();
        AtomicLong bytes = new AtomicLong();
        AtomicLong liveBytes = new AtomicLong();
        for (int i = 0; i < times; i++) {
            try (Tab tab = chromium.tab()) {
                count(tab, bytes, liveBytes);
                tab.page().navigate(tab.home().toString());
                figures.add(micros(tab.number("probe.firstView('ps-key-figures >> dd.value')")));
                rows.add(micros(tab.number("probe.firstView('tbody td.host')")));
                tab.page().waitForTimeout(SETTLED_MILLIS);
                largest.add(micros(tab.number("probe.lcp()")));
            }
        }
        return new FirstView(
                figures.summary(), rows.summary(), largest.summary(), bytes.get() / times, liveBytes.get() / times);
    }

    private static void count(Tab tab, AtomicLong bytes, AtomicLong liveBytes) {
        tab.devTools().send("Network.enable");
        tab.devTools()
                .on(
                        "Network.loadingFinished",
                        event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        tab.devTools().on("Network.webSocketFrameReceived", event -> {
            JsonObject frame = event.getAsJsonObject("response");
            String payload = frame.get("payloadData").getAsString();
            liveBytes.addAndGet(
                    frame.get("opcode").getAsInt() == BINARY
                            ? Base64.getDecoder().decode(payload).length
                            : payload.length());
        });
    }

    static long micros(double millis) {
        return Math.round(millis * 1000);
    }
}
