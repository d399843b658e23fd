package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do with their own account. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class AccountStoryTest {
    private static final String HOME = "/p2p/monitoring";
    private static final String PASSWORD = "correct horse 4711 battery";
    private static final double WITHIN_FIVE_SECONDS = 5000;

    @Test
    void whoEndsASessionShutsOutItsOpenPage(PeerscopeProcess peerscope) {
        Story story = Story.begin("account-sessions");
        String name = user(peerscope);
        try (Browser home = Browser.open(chromium());
                Browser work = Browser.open(chromium());
                Browser phone = Browser.open(chromium())) {
            signIn(work.page(), peerscope, name, HOME);
            signIn(phone.page(), peerscope, name, HOME);
            assertThat(work.page().locator(".connection.live")).isVisible();
            signIn(home.page(), peerscope, name, HOME);
            home.page().locator("a.who").click();
            Locator rows = home.page().locator("ps-sessions tbody tr");
            assertThat(rows).hasCount(3);
            assertThat(rows.filter(new Locator.FilterOptions().setHasText("this one")))
                    .hasCount(1);
            assertThat(rows.first()).containsText("Chrome");
            assertThat(rows.first()).containsText("127.0.0.1");
            looksWell(home, "account");

            Locator others = home.page().locator("ps-sessions .row-actions button");
            others.last().click();
            assertThat(rows).hasCount(2);
            work.page().waitForURL("**/login**", new Page.WaitForURLOptions().setTimeout(WITHIN_FIVE_SECONDS));
            story.tell("the page that was open elsewhere asks for the password within 5 s");
            assertThat(phone.page().locator(".connection.live")).isVisible();

            home.page().locator("ps-sessions header button").click();
            assertThat(rows).hasCount(1);
            assertThat(home.page().locator("ps-sessions header button")).hasCount(0);
            phone.page().waitForURL("**/login**", new Page.WaitForURLOptions().setTimeout(WITHIN_FIVE_SECONDS));
            assertThat(home.complaints()).isEmpty();
        }
    }

    private static void looksWell(Browser browser, String name) {
        Page page = browser.page();
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            browser.screenshot(
                    "%s-%s".formatted(name, scheme == ColorScheme.DARK ? "dark" : "light"), scheme, 1440, 900);
            assertThat(Accessibility.graveFaults(page))
                    .as("%s, %s", name, scheme)
                    .isEmpty();
        }
        browser.screenshot(name + "-phone", ColorScheme.LIGHT, 390, 844);
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("sideways on a phone")
                .isEqualTo(0);
        page.setViewportSize(1440, 900);
    }

    private static String user(PeerscopeProcess peerscope) {
        String name = "account-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(peerscope
                        .api("admin")
                        .post("/api/v1/users", Map.of("username", name, "password", PASSWORD, "role", "viewer"))
                        .status())
                .isEqualTo(201);
        return name;
    }

    private static void signIn(Page page, PeerscopeProcess peerscope, String name, String path) {
        showPassword(page, peerscope, name, path);
        page.waitForURL("**" + path);
        page.locator("nav[aria-label=Pages]").waitFor();
    }

    private static void showPassword(Page page, PeerscopeProcess peerscope, String name, String path) {
        page.navigate(peerscope.address().resolve(path).toString());
        page.waitForURL("**/login**");
        page.locator("input[name=username]").fill(name);
        page.locator("input[name=password]").fill(PASSWORD);
        page.locator("input[name=password]").press("Enter");
    }

    private static Path chromium() {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        return chromium.orElseThrow();
    }
}
