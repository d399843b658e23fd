package io.peerscope.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The system's Chromium without a window, signed in. Not thread-safe: everything on the thread that opened it. */
public final class Chromium implements AutoCloseable {
    private static final String HOME = "/p2p/monitoring";
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    private final Playwright playwright;
    private final Browser browser;
    private final URI server;
    private final String signedIn;

    private Chromium(Playwright playwright, Browser browser, URI server, String signedIn) {
        this.playwright = playwright;
        this.browser = browser;
        this.server = server;
        this.signedIn = signedIn;
    }

    /** @param oneTimeLink signs in */
    public static Chromium open(Path program, URI server, URI oneTimeLink) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(program)
                            // its sandbox refuses to run as root, which containers are
                            .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
            try (BrowserContext first = browser.newContext()) {
                Page page = first.newPage();
                page.navigate(oneTimeLink.toString());
                page.waitForURL("**" + HOME);
                return new Chromium(playwright, browser, server, first.storageState());
            }
        } catch (RuntimeException failed) {
            playwright.close();
            throw failed;
        }
    }

    /** As nobody else has opened it: nothing is in its cache. */
    public Tab tab() {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setStorageState(signedIn).setViewportSize(WIDTH, HEIGHT));
        context.addInitScript(probe());
        Page page = context.newPage();
        return new Tab(context, page, context.newCDPSession(page), server.resolve(HOME));
    }

    private static String probe() {
        try (InputStream script = Chromium.class.getResourceAsStream("probe.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One page, and what the browser tells of it. */
    public record Tab(BrowserContext context, Page page, CDPSession devTools, URI home) implements AutoCloseable {

        /** @param path below the overview, as {@code /hosts} */
        public void open(String path) {
            page.navigate(home + path);
        }

        /** Of a script that answers with a number. */
        double number(String script) {
            return ((Number) page.evaluate(script)).doubleValue();
        }

        /** Of a script that answers with an object, or the promise of one. */
        JsonNode object(String script) {
            String text = (String) page.evaluate("Promise.resolve(" + script + ").then(JSON.stringify)");
            return Json.decode(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        }

        /** Waits until a script says so, and that is painted. */
        public void until(String condition) {
            page.evaluate("probe.until(() => " + condition + ", 60000)");
        }

        /** Seconds by name, of the main thread since the page began. */
        Map<String, Double> metrics() {
            JsonObject answer = devTools.send("Performance.getMetrics");
            Map<String, Double> metrics = new HashMap<>();
            answer.getAsJsonArray("metrics").forEach(each -> {
                JsonObject metric = each.getAsJsonObject();
                metrics.put(
                        metric.get("name").getAsString(), metric.get("value").getAsDouble());
            });
            return metrics;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @Override
    public void close() {
        playwright.close();
    }
}
