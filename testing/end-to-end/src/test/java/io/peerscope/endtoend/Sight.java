package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.peerscope.contracts.security.Role.ADMIN;
import static io.peerscope.contracts.security.Role.OPERATOR;
import static io.peerscope.contracts.security.Role.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.peerscope.contracts.security.Role;
import java.util.List;
import java.util.Locale;

/**
 * A page, reached as people reach it.
 *
 * @param tab of the page; empty: its first
 * @param shows what stands there once the data has come
 * @param least the least role that has it
 */
record Sight(String section, String tab, String shows, Role least) {
    static final int WIDE = 1440;
    static final int HIGH = 900;
    static final int PHONE = 390;
    private static final double SOON = 20_000;
    private static final String OVER_THEIR_NEIGHBOURS =
            "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText)";
    private static final List<ColorScheme> THEMES = List.of(ColorScheme.DARK, ColorScheme.LIGHT);

    static final List<Sight> ALL = List.of(
            new Sight("Overview", "", "Network health"),
            new Sight("Hosts", "", SmallNetwork.FIRST),
            new Sight("Hosts", "Where samples went", SmallNetwork.FIRST),
            new Sight("Hosts", "Clocks", SmallNetwork.AHEAD),
            new Sight("Maps", "", SmallNetwork.FIRST + "-map"),
            new Sight("Maps", "Game and economy", "Monsters"),
            new Sight("Network", "", SmallNetwork.FIRST),
            new Sight("Network", "Topology", "Topology"),
            new Sight("Network", "Heatmap", "Latency over time"),
            new Sight("Network", "Paths", "Groups of hosts"),
            new Sight("Network", "Contribution", "who gave most first"),
            new Sight("Network", "Traffic and errors", "Packet loss"),
            new Sight("Network", "Advice", "Advice"),
            new Sight("Network", "Events", SmallNetwork.FIRST),
            new Sight("Streaming", "", "Active users"),
            new Sight("Alerts", "", "critical"),
            new Sight("Alerts", "History", "Any severity"),
            new Sight("Alerts", "Incidents", "what went wrong together"),
            new Sight("Alerts", "Security", "Findings"),
            new Sight("Alerts", "Rules", "host_overload_cpu"),
            new Sight("Alerts", "Silences", "Silences"),
            new Sight("Alerts", "Inhibitions", "Inhibitions"),
            new Sight("Alerts", "Channels", "Channels"),
            new Sight("Alerts", "Deliveries", "Deliveries", OPERATOR),
            new Sight("Settings", "Retention and limits", "retention.raw"),
            new Sight("Settings", "Users", "pages-viewer", ADMIN),
            new Sight("Settings", "Audit", "session start", ADMIN),
            new Sight("Settings", "Quarantine", "Refused samples", OPERATOR),
            new Sight("Settings", "Your account", "this one"),
            new Sight("Settings", "Hosts and tokens", "Add a host", ADMIN));

    static final List<Sight> TABS_OF_A_HOST = List.of(
            new Sight("Host", "Links", SmallNetwork.THIRD),
            new Sight("Host", "Exchange", "By peer"),
            new Sight("Host", "Maps", SmallNetwork.SECOND + "-map"),
            new Sight("Host", "Alerts", "Alerts"),
            new Sight("Host", "Events", "Nothing happened"),
            new Sight("Host", "Reliability", "What its peers say"),
            new Sight("Host", "Ledger", "accepted"),
            new Sight("Host", "Clock", "right"));

    Sight(String section, String tab, String shows) {
        this(section, tab, shows, VIEWER);
    }

    String name() {
        return (section + (tab.isEmpty() ? "" : "-" + tab))
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\W+", "-");
    }

    void visit(Page page) {
        page.locator("nav[aria-label=Pages] a", new Page.LocatorOptions().setHasText(section))
                .click();
        look(page);
    }

    /** In the section that is open. */
    void look(Page page) {
        if (!tab.isEmpty()) {
            tab(page).click();
        }
        assertThat(page.locator("main")).containsText(shows, soon());
    }

    Locator tab(Page page) {
        return page.locator("nav.tabs a", new Page.LocatorOptions().setHasText(tab));
    }

    /** In both themes, wide and on a phone: pictures, nothing that shuts people out, nothing that hangs over. */
    static void isWellMade(Browser browser, String name) {
        Page page = browser.page();
        for (ColorScheme scheme : THEMES) {
            browser.screenshot("%s-%s".formatted(name, word(scheme)), scheme, WIDE, HIGH);
            assertThat(Accessibility.graveFaults(page))
                    .as("%s, %s", name, word(scheme))
                    .isEmpty();
        }
        assertThat(overflow(page)).as("sideways on %s", name).isEqualTo(0);
        for (ColorScheme scheme : THEMES) {
            browser.screenshot("%s-phone-%s".formatted(name, word(scheme)), scheme, PHONE, 844);
        }
        assertThat(overflow(page)).as("sideways on %s on a phone", name).isEqualTo(0);
        assertThat(page.locator("ps-table .cards td").evaluateAll(OVER_THEIR_NEIGHBOURS))
                .as("over their neighbours on %s on a phone", name)
                .isEqualTo(List.of());
        page.setViewportSize(WIDE, HIGH);
    }

    private static String word(ColorScheme scheme) {
        return scheme.name().toLowerCase(Locale.ROOT);
    }

    static Object overflow(Page page) {
        return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    private static LocatorAssertions.ContainsTextOptions soon() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON);
    }
}
