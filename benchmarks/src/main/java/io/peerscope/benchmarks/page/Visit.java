package io.peerscope.benchmarks.page;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.page.Chromium.Tab;
import io.peerscope.testkit.client.Api;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the browser is made to do with one page that stays open, besides first views.
 *
 * @param scrolling of each page
 * @param clicks by what was done
 */
public record Visit(List<Scrolling> scrolling, Map<String, Distribution.Summary> clicks, Pixels pixels) {

    /** A page to scroll, and what it has when it is there. */
    private record Scrolled(String name, String path, String ready) {}

    private static final List<Scrolled> SCROLLED = List.of(
            new Scrolled("overview", "", "tbody td.host"),
            new Scrolled("hosts", "/hosts", "tbody td.c-host a"),
            new Scrolled("alerts", "/alerts", "tbody td.c-summary a"),
            new Scrolled("matrix", "/network", "canvas"),
            new Scrolled("topology", "/network?view=topology", "canvas"));

    /** @param profiles the folder for CPU profiles, where they are wanted */
    public static List<Scrolling> scroll(Chromium chromium, int seconds, Optional<Path> profiles) {
        List<Scrolling> all = new ArrayList<>();
        for (Scrolled each : SCROLLED) {
            try (Tab tab = chromium.tab()) {
                tab.open(each.path());
                tab.until("probe.all('%s').length > 0".formatted(each.ready()));
                tab.page().waitForTimeout(2000);
                all.add(Scrolling.measure(
                        tab,
                        each.name(),
                        seconds,
                        profiles.map(folder -> folder.resolve(each.name() + ".cpuprofile"))));
            }
        }
        return all;
    }

    /** @param times each kind of click */
    public static Map<String, Distribution.Summary> click(Chromium chromium, int times) {
        try (Tab tab = chromium.tab()) {
            return Clicking.measure(tab, times);
        }
    }

    /** @param fleet posts the numbers */
    public static Pixels pixels(Chromium chromium, Api fleet, int count) {
        try (Tab tab = chromium.tab()) {
            return Pixels.measure(tab, fleet, count);
        }
    }
}
