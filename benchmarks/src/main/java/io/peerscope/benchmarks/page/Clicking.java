package io.peerscope.benchmarks.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.PlaywrightException;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.page.Chromium.Tab;
import java.util.LinkedHashMap;
import java.util.Map;

/** What somebody does all day, from the click until what he wanted is painted. */
final class Clicking {
    private final Tab tab;
    private final int times;
    private final Map<String, Distribution> durations = new LinkedHashMap<>();

    private Clicking(Tab tab, int times) {
        this.tab = tab;
        this.times = times;
    }

    /** @param times each is done; what is done first fetches a page's scripts */
    static Map<String, Distribution.Summary> measure(Tab tab, int times) {
        Clicking clicking = new Clicking(tab, times);
        clicking.hosts();
        clicking.alerts();
        Map<String, Distribution.Summary> summaries = new LinkedHashMap<>();
        clicking.durations.forEach((what, distribution) -> summaries.put(what, distribution.summary()));
        return summaries;
    }

    private void hosts() {
        tab.open("");
        rows("td.host");
        for (int i = 0; i < times; i++) {
            click("go to hosts", locator("nav a", "Hosts"), "all('ps-hosts-page >> tbody td.c-host a').length");
            String name = text("tbody td.c-host a", i);
            click(
                    "open a host",
                    tab.page().locator("tbody td.c-host a").nth(i),
                    "text('ps-host-page >> h1') === '%s' && text('dl.tiles dd')".formatted(name));
            tab.page().goBack();
            rows("td.c-host");
            String first = text("tbody td.c-host a", 0);
            String column = i % 2 == 0 ? "cpu_usage" : "player_count";
            click(
                    "sort hosts",
                    tab.page().locator("th.c-%s button".formatted(column)),
                    "all('th.c-%s')[0].ariaSort && text('tbody td.c-host a').split('\\n')[0] !== '%s'"
                            .formatted(column, first));
            type("filter hosts", "Filter hosts by name or label", "bench-00%d".formatted(i % 10));
            tab.page().getByLabel("Filter hosts by name or label").fill("");
            tab.until("!location.search.includes('q=')");
            click("go to the overview", locator("nav a", "Overview"), "all('tbody td.host').length");
        }
    }

    private void type(String what, String label, String wanted) {
        expect(
                "input",
                "text('tbody td.c-host a').split('\\n').every((name) => name.startsWith('%s'))".formatted(wanted));
        tab.page().getByLabel(label).fill(wanted);
        keep(what);
    }

    private void alerts() {
        for (int i = 0; i < times; i++) {
            tab.open("/alerts");
            rows("td.c-summary");
            click(
                    "filter alerts by severity",
                    locator(".counts button", "warning"),
                    "text('tbody td.c-severity').split('\\n').every((word) => word === 'warning')");
            click(
                    "change to the history",
                    locator("a", "History"),
                    "all('ps-alert-history >> tbody td.c-summary a').length");
            click(
                    "change to active alerts",
                    locator("a", "Active"),
                    "all('ps-active-alerts >> tbody td.c-summary a').length");
            click(
                    "open an alert",
                    tab.page().locator("tbody td.c-summary a.wrap").nth(i),
                    "all('ps-alert-page >> h1').length");
        }
    }

    private void rows(String cell) {
        tab.until("probe.all('tbody %s').length > 0".formatted(cell));
    }

    private Locator locator(String selector, String text) {
        return tab.page()
                .locator(selector, new com.microsoft.playwright.Page.LocatorOptions().setHasText(text))
                .first();
    }

    private String text(String selector, int number) {
        return tab.page().locator(selector).nth(number).textContent().strip();
    }

    private void click(String what, Locator target, String shown) {
        expect("click", shown);
        target.click();
        keep(what);
    }

    private void expect(String event, String shown) {
        tab.page().evaluate("([event, shown]) => probe.expect(event, shown)", new String[] {event, shown});
    }

    private void keep(String what) {
        try {
            durations
                    .computeIfAbsent(what, name -> new Distribution())
                    .add(FirstView.micros(tab.number("probe.result()")));
        } catch (PlaywrightException failed) {
            throw new IllegalStateException(what + " showed nothing", failed);
        }
    }
}
