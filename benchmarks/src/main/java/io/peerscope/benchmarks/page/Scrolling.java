package io.peerscope.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.page.Chromium.Tab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A page that is scrolled without a pause while the network goes on.
 *
 * @param frames from each to the next
 * @param mainMillis that the main thread was at work for a frame, on average
 * @param scriptMillis of it in scripts
 * @param layoutMillis of it for styles and layout
 * @param longTasks of 50 ms and more, during which nothing can be clicked
 * @param height pixels of the page; no taller than the screen: there was nothing to scroll
 */
public record Scrolling(
        String page,
        Distribution.Summary frames,
        double framesPerSecond,
        double mainMillis,
        double scriptMillis,
        double layoutMillis,
        Distribution.Summary longTasks,
        int height) {

    /** @param profile where to write the page's CPU profile */
    static Scrolling measure(Tab tab, String name, int seconds, Optional<Path> profile) {
        tab.devTools().send("Performance.enable", object("timeDomain", "timeTicks"));
        profile.ifPresent(file -> startProfile(tab));
        Map<String, Double> before = tab.metrics();
        JsonNode told = tab.object("probe.scroll(%d)".formatted(seconds * 1000));
        Map<String, Double> after = tab.metrics();
        profile.ifPresent(file -> writeProfile(tab, file));
        double count = told.path("frames").size();
        return new Scrolling(
                name,
                summary(told.path("frames")),
                count / seconds,
                millis("TaskDuration", before, after) / count,
                millis("ScriptDuration", before, after) / count,
                (millis("LayoutDuration", before, after) + millis("RecalcStyleDuration", before, after)) / count,
                summary(told.path("longTasks")),
                told.path("height").asInt());
    }

    private static void startProfile(Tab tab) {
        tab.devTools().send("Profiler.enable");
        tab.devTools().send("Profiler.start");
    }

    private static void writeProfile(Tab tab, Path file) {
        JsonObject profile = tab.devTools().send("Profiler.stop").getAsJsonObject("profile");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, profile.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject object(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    private static double millis(String metric, Map<String, Double> before, Map<String, Double> after) {
        return 1000 * (after.getOrDefault(metric, 0.0) - before.getOrDefault(metric, 0.0));
    }

    private static Distribution.Summary summary(JsonNode millis) {
        Distribution distribution = new Distribution();
        millis.forEach(each -> distribution.add(FirstView.micros(each.asDouble())));
        return distribution.summary();
    }
}
