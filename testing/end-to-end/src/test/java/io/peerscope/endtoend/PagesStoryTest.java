package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.peerscope.contracts.security.Role;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void everyPageShowsWhatThereIs(PeerscopeProcess peerscope) {
        Story story = Story.begin("pages");
        People people = People.of(peerscope);
        try (Browser browser = Browser.open(chromium());
                SmallNetwork network = SmallNetwork.start(peerscope.api("fleet"))) {
            Page page = browser.page();
            people.signIn(page, "admin", HOME);
            page.evaluate("window.notReloaded = true");
            for (Sight sight : Sight.ALL) {
                sight.visit(page);
                Sight.isWellMade(browser, sight.name());
            }
            story.tell("%d pages were fetched and looked at without a reload", Sight.ALL.size());
            peopleWithAllTheirKeys(browser);
            aHost(browser);
            aLink(browser);
            keysOnCanvases(browser);
            GraphByHand.isPointedAtMovedAndOpened(browser);
            keys(page);
            story.tell("a host, a link, charts by keyboard, the graph by hand, search and help");
            assertThat(page.evaluate("window.notReloaded === true")).isEqualTo(true);
            assertThat(browser.strangers(peerscope.address()))
                    .as("requests to others")
                    .isEmpty();
            assertThat(browser.complaints()).as("on the console").isEmpty();
        }
    }

    /** Users who have a second factor have one key more than a phone has room for in a row. */
    private static void peopleWithAllTheirKeys(Browser browser) {
        Page page = browser.page();
        String users = "**/api/v1/users";
        page.route(users, route -> {
            APIResponse answer = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(answer)
                    .setBody(answer.text().replace("\"second_factor\":false", "\"second_factor\":true")));
        });
        new Sight("Settings", "Users", "Lost device").visit(page);
        Sight.isWellMade(browser, "settings-users-all-keys");
        page.unroute(users);
    }

    private static void aHost(Browser browser) {
        Page page = browser.page();
        openHost(page);
        Sight.isWellMade(browser, "host");
        looksCloser(page);
        standsStill(page);
        for (Sight tab : Sight.TABS_OF_A_HOST) {
            tab.look(page);
            Sight.isWellMade(browser, tab.name());
        }
    }

    private static void openHost(Page page) {
        new Sight("Hosts", "", SmallNetwork.SECOND).visit(page);
        page.locator("ps-table a", new Page.LocatorOptions().setHasText(SmallNetwork.SECOND))
                .first()
                .click();
        assertThat(page.locator("h1")).hasText(SmallNetwork.SECOND);
        assertThat(page.locator("ps-field-charts canvas").first()).isVisible(soon());
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

    /** Charts that are paused hold their time, until they are let go on. */
    private static void standsStill(Page page) {
        page.locator("ps-time-picker button[aria-label=Pause]").click();
        page.waitForURL(url -> url.contains("from=") && url.contains("to="));
        String held = page.url();
        Locator age = page.locator("ps-time-picker .fixed");
        String range = age.innerText();
        page.waitForResponse(answer -> answer.url().contains("/api/v1/hosts/"), () -> {});
        assertThat(page.url()).isEqualTo(held);
        assertThat(age).hasText(range);
        page.locator("ps-time-picker button[aria-label='Go live']").click();
        page.waitForURL(url -> !url.contains("from="));
    }

    private static void aLink(Browser browser) {
        openLink(browser.page());
        Sight.isWellMade(browser, "link");
    }

    /** Of the host that is open. */
    private static void openLink(Page page) {
        page.locator("nav.tabs a", new Page.LocatorOptions().setHasText("Links"))
                .click();
        page.locator("ps-host-links a", new Page.LocatorOptions().setHasText(SmallNetwork.THIRD))
                .click(new Locator.ClickOptions().setTimeout(SOON));
        assertThat(page.locator("ps-link-page")).containsText("says", soonText());
    }

    /** What stands in a canvas is reached and told without a mouse. */
    private static void keysOnCanvases(Browser browser) {
        Page page = browser.page();
        for (Sight sight : List.of(
                new Sight("Network", "", SmallNetwork.FIRST),
                new Sight("Network", "Heatmap", "Latency over time"),
                new Sight("Network", "Topology", " hosts, "))) {
            sight.visit(page);
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
            browser.screenshot(name + "-light", ColorScheme.LIGHT, Sight.WIDE, Sight.HIGH);
            browser.screenshot(name + "-dark", ColorScheme.DARK, Sight.WIDE, Sight.HIGH);
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
            EmptyAnswers.on(page);
            for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN)) {
                people.signIn(page, role.word(), HOME + "/alerts");
                for (var empty : EmptyAnswers.HEADINGS.entrySet()) {
                    if (!role.covers(EmptyAnswers.least(empty.getKey()))) {
                        continue;
                    }
                    page.navigate(
                            peerscope.address().resolve(HOME + empty.getKey()).toString());
                    assertThat(page.locator("ps-empty").first()).containsText(empty.getValue(), soonText());
                    if (role != Role.ADMIN) {
                        assertThat(page.locator("ps-empty .primary")).hasCount(0);
                    }
                    Sight.isWellMade(
                            browser, role.word() + "-empty" + empty.getKey().replaceAll("\\W+", "-"));
                }
            }
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
            nothingIsAskedOf(page, "Silences", "Operators make them");
            nothingIsAskedOf(page, "Channels", "An admin says who is told");
            new Sight("Settings", "", "retention.raw").visit(page);
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
            new Sight("Settings", "Retention and limits", "retention.raw").visit(page);
            assertThat(page.locator("nav.tabs a")).hasCount(6);
        }
    }

    /** Whoever may not make anything here is told who may. */
    private static void nothingIsAskedOf(Page page, String title, String whoMay) {
        tab(page, title).click();
        assertThat(page.locator("ps-empty")).containsText(whoMay, soonText());
        assertThat(page.locator("ps-empty button")).hasCount(0);
    }

    /** Each page as each role, none of which asks for anything that it may not have. */
    @Test
    void eachRoleHasItsPages(PeerscopeProcess peerscope) {
        People people = People.of(peerscope);
        for (Role role : List.of(Role.VIEWER, Role.OPERATOR)) {
            try (Browser browser = Browser.open(chromium());
                    SmallNetwork network = SmallNetwork.start(peerscope.api("fleet"))) {
                Page page = browser.page();
                people.signIn(page, role.word(), HOME);
                for (Sight sight : Sight.ALL) {
                    if (role.covers(sight.least())) {
                        sight.visit(page);
                        Sight.isWellMade(browser, role.word() + "-" + sight.name());
                    } else {
                        section(page, sight.section()).click();
                        assertThat(page.locator("nav.tabs a").first()).isVisible(soon());
                        assertThat(sight.tab(page)).hasCount(0);
                    }
                }
                openHost(page);
                Sight.isWellMade(browser, role.word() + "-host");
                for (Sight tab : Sight.TABS_OF_A_HOST) {
                    tab.look(page);
                    Sight.isWellMade(browser, role.word() + "-" + tab.name());
                }
                openLink(page);
                Sight.isWellMade(browser, role.word() + "-link");
                assertThat(browser.complaints())
                        .as("on the console of a " + role.word())
                        .isEmpty();
            }
        }
    }

    private static Locator section(Page page, String title) {
        return page.locator("nav[aria-label=Pages] a", new Page.LocatorOptions().setHasText(title));
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
