package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page of the dashboard with data and without, as each role, dark and light, wide and on a phone. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class PagesStoryTest {
    private static final String HOME = "/p2p/monitoring";
    private static final double SOON = 20_000;
    private static final int WIDE = 1440;
    private static final int PHONE = 390;

    /**
     * A page, reached as people reach it.
     *
     * @param tab of the page; empty: its first
     * @param shows what stands there once the data has come
     */
    private record Sight(String section, String tab, String shows) {
        String name() {
            return (section + (tab.isEmpty() ? "" : "-" + tab))
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("\\W+", "-");
        }
    }

    private static final List<Sight> SIGHTS = List.of(
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
            new Sight("Alerts", "Deliveries", "Deliveries"),
            new Sight("Settings", "Retention and limits", "retention.raw"),
            new Sight("Settings", "Users", "pages-viewer"),
            new Sight("Settings", "Audit", "session start"),
            new Sight("Settings", "Quarantine", "Refused samples"),
            new Sight("Settings", "Your account", "this one"),
            new Sight("Settings", "Hosts and tokens", "Add a host"));

    private static final List<Sight> TABS_OF_A_HOST = List.of(
            new Sight("Host", "Links", SmallNetwork.THIRD),
            new Sight("Host", "Exchange", "By peer"),
            new Sight("Host", "Maps", SmallNetwork.SECOND + "-map"),
            new Sight("Host", "Alerts", "Alerts"),
            new Sight("Host", "Events", "Nothing happened"),
            new Sight("Host", "Reliability", "What its peers say"),
            new Sight("Host", "Ledger", "accepted"),
            new Sight("Host", "Clock", "right"));

    @Test
    void everyPageShowsWhatThereIs(PeerscopeProcess peerscope) {
        Story story = Story.begin("pages");
        People people = People.of(peerscope);
        try (Browser browser = Browser.open(chromium());
                SmallNetwork network = SmallNetwork.start(peerscope.api("fleet"))) {
            Page page = browser.page();
            people.signIn(page, "admin", HOME);
            page.evaluate("window.notReloaded = true");
            boolean dark = true;
            for (Sight sight : SIGHTS) {
                visit(page, sight);
                isWellMade(browser, sight.name(), dark ? ColorScheme.DARK : ColorScheme.LIGHT);
                dark = !dark;
            }
            story.tell("%d pages were fetched and looked at without a reload", SIGHTS.size());
            aHost(browser);
            aLink(browser);
            keysOnCanvases(browser);
            keys(page);
            story.tell("a host, a link, charts by keyboard, search and help");
            assertThat(page.evaluate("window.notReloaded === true")).isEqualTo(true);
            assertThat(browser.strangers(peerscope.address()))
                    .as("requests to others")
                    .isEmpty();
            assertThat(browser.complaints()).as("on the console").isEmpty();
        }
    }

    private static void visit(Page page, Sight sight) {
        page.locator("nav[aria-label=Pages] a", new Page.LocatorOptions().setHasText(sight.section()))
                .click();
        if (!sight.tab().isEmpty()) {
            page.locator("nav.tabs a", new Page.LocatorOptions().setHasText(sight.tab()))
                    .click();
        }
        assertThat(page.locator("main")).containsText(sight.shows(), soonText());
    }

    private static void isWellMade(Browser browser, String name, ColorScheme scheme) {
        Page page = browser.page();
        String theme = scheme == ColorScheme.DARK ? "dark" : "light";
        browser.screenshot("%s-%s".formatted(name, theme), scheme, WIDE, 900);
        assertThat(Accessibility.graveFaults(page)).as("%s, %s", name, theme).isEmpty();
        assertThat(overflow(page)).as("sideways on %s", name).isEqualTo(0);
        browser.screenshot("%s-phone".formatted(name), scheme, PHONE, 844);
        assertThat(overflow(page)).as("sideways on %s on a phone", name).isEqualTo(0);
        page.setViewportSize(WIDE, 900);
    }

    private static Object overflow(Page page) {
        return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    private static void aHost(Browser browser) {
        Page page = browser.page();
        visit(page, new Sight("Hosts", "", SmallNetwork.SECOND));
        page.locator("ps-table a", new Page.LocatorOptions().setHasText(SmallNetwork.SECOND))
                .first()
                .click();
        assertThat(page.locator("h1")).hasText(SmallNetwork.SECOND);
        assertThat(page.locator("ps-field-charts canvas").first()).isVisible(soon());
        isWellMade(browser, "host", ColorScheme.LIGHT);
        looksCloser(page);
        for (Sight tab : TABS_OF_A_HOST) {
            page.locator("nav.tabs a", new Page.LocatorOptions().setHasText(tab.tab()))
                    .click();
            assertThat(page.locator("main")).containsText(tab.shows(), soonText());
            isWellMade(browser, tab.name(), ColorScheme.DARK);
        }
    }

    /** A drag over a chart chooses its time, for all charts and in the address. */
    private static void looksCloser(Page page) {
        BoundingBox chart = page.locator("ps-field-charts canvas").first().boundingBox();
        double y = chart.y + chart.height / 2;
        page.mouse().move(chart.x + chart.width * 0.5, y);
        page.mouse().down();
        page.mouse().move(chart.x + chart.width * 0.8, y, new Mouse.MoveOptions().setSteps(5));
        page.mouse().up();
        page.waitForURL(url -> url.contains("from=") && url.contains("to="));
        page.locator("ps-time-picker button[aria-label='Go live']").click();
        page.waitForURL(url -> !url.contains("from="));
    }

    private static void aLink(Browser browser) {
        Page page = browser.page();
        page.locator("nav.tabs a", new Page.LocatorOptions().setHasText("Links"))
                .click();
        page.locator("ps-host-links a", new Page.LocatorOptions().setHasText(SmallNetwork.THIRD))
                .click(new Locator.ClickOptions().setTimeout(SOON));
        assertThat(page.locator("ps-link-page")).containsText("says", soonText());
        isWellMade(browser, "link", ColorScheme.DARK);
    }

    /** What stands in a canvas is reached and told without a mouse. */
    private static void keysOnCanvases(Browser browser) {
        Page page = browser.page();
        for (Sight sight : List.of(
                new Sight("Network", "", SmallNetwork.FIRST),
                new Sight("Network", "Heatmap", "Latency over time"),
                new Sight("Network", "Topology", "Topology"))) {
            visit(page, sight);
            Locator canvas = page.locator("main [role=application]");
            assertThat(canvas.locator("canvas").first()).isVisible(soon());
            canvas.focus();
            assertThat(canvas).isFocused();
            page.keyboard().press("Home");
            Locator told = page.locator("main p[role=status]");
            assertThat(told).hasText(Pattern.compile(".+: .+"));
            String first = told.innerText();
            boolean moved = false;
            for (String arrow : List.of("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp")) {
                page.keyboard().press(arrow);
                moved |= !told.innerText().equals(first);
            }
            assertThat(moved).as("arrow keys lead on from " + first).isTrue();
            assertThat(canvas.locator(".key-mark")).isVisible();
            String name = sight.name() + "-keys";
            browser.screenshot(name + "-light", ColorScheme.LIGHT, WIDE, 900);
            browser.screenshot(name + "-dark", ColorScheme.DARK, WIDE, 900);
            assertThat(canvas.locator(".key-mark")).isVisible();
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.contains("/hosts/") || url.contains("/network/"));
        }
    }

    private static void keys(Page page) {
        page.keyboard().press("/");
        // faster than anybody could, while the field is still being fetched
        page.keyboard().type(SmallNetwork.THIRD);
        assertThat(page.locator("ps-search input")).isFocused();
        assertThat(page.locator("ps-search input")).hasValue(SmallNetwork.THIRD);
        assertThat(page.locator("ps-search [role=option]").first()).containsText(SmallNetwork.THIRD);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText(SmallNetwork.THIRD);
        page.keyboard().press("?");
        assertThat(page.locator("ps-help")).containsText("Go to a page");
        page.keyboard().press("Escape");
        page.keyboard().press("g");
        page.keyboard().press("m");
        page.waitForURL("**" + HOME + "/maps");
    }

    /** Lists that are empty are what a fresh installation answers. */
    @Test
    void emptyPagesTeachWhatToDoNext(PeerscopeProcess peerscope) {
        People people = People.of(peerscope);
        try (Browser browser = Browser.open(chromium())) {
            Page page = browser.page();
            people.signIn(page, "admin", HOME + "/alerts");
            EmptyAnswers.on(page);
            for (var empty : EmptyAnswers.HEADINGS.entrySet()) {
                page.navigate(peerscope.address().resolve(HOME + empty.getKey()).toString());
                assertThat(page.locator("ps-empty").first()).containsText(empty.getValue(), soonText());
                assertThat(Accessibility.graveFaults(page)).as(empty.getKey()).isEmpty();
            }
            browser.screenshot("empty-channels", ColorScheme.DARK, WIDE, 900);
        }
    }

    @Test
    void eachRoleSeesWhatItMayDo(PeerscopeProcess peerscope) {
        People people = People.of(peerscope);
        try (Browser browser = Browser.open(chromium())) {
            Page page = browser.page();
            people.signIn(page, "viewer", HOME + "/alerts");
            assertThat(tab(page, "Deliveries")).hasCount(0);
            tab(page, "Rules").click();
            assertThat(page.locator("ps-rules")).containsText("host_overload_cpu", soonText());
            assertThat(page.locator("ps-rules .new")).hasCount(0);
            tab(page, "Inhibitions").click();
            assertThat(page.locator("ps-inhibitions h2")).isVisible(soon());
            assertThat(page.locator("ps-inhibitions button")).hasCount(0);
            visit(page, new Sight("Settings", "", "retention.raw"));
            assertThat(page.locator("nav.tabs a")).hasCount(2);
            assertThat(page.locator("ps-limits input").first()).hasAttribute("readonly", "");

            people.signIn(page, "operator", HOME + "/alerts");
            assertThat(tab(page, "Deliveries")).isVisible(soon());
            tab(page, "Silences").click();
            assertThat(page.locator("ps-silences .primary")).isVisible(soon());
            tab(page, "Rules").click();
            page.locator("ps-rules a", new Page.LocatorOptions().setHasText("host_overload_cpu"))
                    .click();
            assertThat(page.locator("ps-what-if")).containsText("points judged", soonText());
            assertThat(page.locator("ps-rule-editor .primary")).hasCount(0);

            people.signIn(page, "admin", HOME + "/alerts");
            tab(page, "Inhibitions").click();
            anInhibition(page);
            visit(page, new Sight("Settings", "Retention and limits", "retention.raw"));
            assertThat(page.locator("nav.tabs a")).hasCount(6);
        }
    }

    /** Made, refused where there is one of that name, and removed. */
    private static void anInhibition(Page page) {
        for (int i = 0; i < 2; i++) {
            page.locator("ps-inhibitions .primary").first().click();
            page.locator("ps-inhibition-dialog input[name=id]").fill("pages-story");
            page.locator("ps-inhibition-dialog input[name=source_matchers]").fill("rule_id=never");
            page.locator("ps-inhibition-dialog input[name=target_matchers]").fill("rule_id=neither");
            page.locator("ps-inhibition-dialog .form-foot button").click();
            if (i == 0) {
                assertThat(page.locator("ps-inhibition-dialog")).hasCount(0);
            }
        }
        assertThat(page.locator("ps-inhibition-dialog [role=alert]")).containsText("pages-story", soonText());
        assertThat(page.locator("ps-inhibition-dialog input[name=source_matchers]"))
                .hasValue("rule_id=never");
        page.keyboard().press("Escape");
        Locator remove = page.getByLabel("Remove pages-story");
        remove.click();
        assertThat(remove).hasCount(0);
    }

    private static Locator tab(Page page, String title) {
        return page.locator("nav.tabs a", new Page.LocatorOptions().setHasText(title));
    }

    private static Path chromium() {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        return chromium.orElseThrow();
    }

    private static LocatorAssertions.IsVisibleOptions soon() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(SOON);
    }

    private static LocatorAssertions.ContainsTextOptions soonText() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SOON);
    }
}
