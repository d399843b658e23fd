package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do with their own account. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class AccountStoryTest {
    private static final String HOME = "/p2p/monitoring";
    private static final String ACCOUNT = HOME + "/settings?view=account";
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

    @Test
    void aStolenCookieAndARoleThatIsTakenAwayShutOpenPages(PeerscopeProcess peerscope) {
        Story story = Story.begin("account-shut-out");
        String name = user(peerscope, "operator");
        try (Browser owner = Browser.open(chromium());
                Browser thief = Browser.open(chromium())) {
            signIn(owner.page(), peerscope, name, HOME);
            Page stolen = thief.page();
            stolen.context().addCookies(owner.page().context().cookies());
            stolen.navigate(peerscope.address().resolve(HOME).toString());
            assertThat(stolen.locator(".connection.live")).isVisible();
            owner.page().locator("button[aria-label='Sign out']").click();
            stolen.waitForURL("**/login**", new Page.WaitForURLOptions().setTimeout(WITHIN_FIVE_SECONDS));
            story.tell("a stolen cookie opens nothing once its owner has signed out, and its open page closes");

            signIn(owner.page(), peerscope, name, HOME + "/alerts");
            assertThat(tab(owner.page(), "Deliveries")).isVisible();
            assertThat(owner.page().locator(".connection.live")).isVisible();
            assertThat(peerscope
                            .api("admin")
                            .patch("/api/v1/users/" + name, Map.of("role", "viewer"))
                            .status())
                    .isEqualTo(200);
            owner.page().waitForURL("**/login**", new Page.WaitForURLOptions().setTimeout(WITHIN_FIVE_SECONDS));
            signIn(owner.page(), peerscope, name, HOME + "/alerts");
            assertThat(tab(owner.page(), "Rules")).isVisible();
            assertThat(tab(owner.page(), "Deliveries")).hasCount(0);
            story.tell("who is an operator no more is shut out within 5 s, and comes back as a viewer");
        }
    }

    @Test
    void aPhoneBecomesTheSecondFactorAndIsLost(PeerscopeProcess peerscope) {
        Story story = Story.begin("account-second-factor");
        String name = user(peerscope);
        try (Browser browser = Browser.open(chromium())) {
            Page page = browser.page();
            signIn(page, peerscope, name, ACCOUNT);
            Phone phone = switchesOn(browser);
            story.tell("the phone reads the picture, its code switches the second factor on");

            page.locator("button[aria-label='Sign out']").click();
            page.waitForURL("**/login**");
            showPassword(page, peerscope, name, HOME);
            Locator code = page.locator("input[name=code]");
            assertThat(code).isFocused();
            looksWell(browser, "login-code");
            code.fill("000000");
            code.press("Enter");
            assertThat(page.locator("[role=alert]")).containsText("wrong, or was used");
            code.fill(phone.code(1));
            code.press("Enter");
            page.waitForURL("**" + HOME);
            assertThat(page.locator(".connection.live")).isVisible();
            story.tell("signing in asks for the code");
            assertThat(browser.complaints())
                    .as("on the console, but for what the server refused as it should")
                    .allMatch(text -> text.contains("status of 400"));

            try (Browser office = Browser.open(chromium())) {
                anAdminHelps(office, peerscope, name);
            }
            page.waitForURL("**/login**", new Page.WaitForURLOptions().setTimeout(WITHIN_FIVE_SECONDS));
            signIn(page, peerscope, name, HOME);
            story.tell("the phone is lost: an admin switched it off, the old session ended, the password is enough");
        }
    }

    @Test
    void anAdminEndsTheSessionOfSomebodyElse(PeerscopeProcess peerscope) {
        Story story = Story.begin("account-sessions-of-others");
        String name = user(peerscope);
        try (Browser theirs = Browser.open(chromium());
                Browser office = Browser.open(chromium())) {
            signIn(theirs.page(), peerscope, name, HOME);
            assertThat(theirs.page().locator(".connection.live")).isVisible();
            Page page = office.page();
            People.of(peerscope).signIn(page, "admin", HOME + "/settings?view=users");
            looksWell(office, "users");
            page.getByLabel("Sessions of " + name).click();
            Locator rows = page.locator("ps-dialog ps-sessions tbody tr");
            assertThat(rows).hasCount(1);
            assertThat(rows).containsText("127.0.0.1");
            looksWell(office, "users-sessions");
            rows.locator("button").click();
            assertThat(page.locator("ps-dialog ps-sessions")).containsText("Not signed in");
            theirs.page().waitForURL("**/login**", new Page.WaitForURLOptions().setTimeout(WITHIN_FIVE_SECONDS));
            story.tell("an admin ends a session; its open page asks for the password within 5 s");
            looksWell(office, "users-sessions-none");
            assertThat(office.complaints()).isEmpty();
        }
    }

    @Test
    void aSecondFactorIsADutyOfAdmins(PeerscopeProcess peerscope) {
        Story story = Story.begin("account-duty");
        String name = user(peerscope, "admin");
        try (Browser office = Browser.open(chromium());
                Browser theirs = Browser.open(chromium())) {
            Page page = office.page();
            People.of(peerscope).signIn(page, "admin", HOME + "/settings?view=users");
            page.locator("#duty").selectOption("1");
            assertThat(page.locator("#duty")).hasValue("1");
            signsInForTheFirstTime(theirs, peerscope, name);
            story.tell("an admin without a second factor sets one up before anything else");
            page.locator("#duty").selectOption("0");
            assertThat(page.locator("#duty")).hasValue("0");
        } finally {
            assertThat(peerscope
                            .api("admin")
                            .put("/api/v1/settings", Map.of("settings", Map.of("login.second_factor", 0)))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void signsInForTheFirstTime(Browser browser, PeerscopeProcess peerscope, String name) {
        Page page = browser.page();
        showPassword(page, peerscope, name, ACCOUNT);
        Locator picture = page.locator("ps-login svg.qr");
        assertThat(picture).isVisible();
        looksWell(browser, "login-setup");
        Phone phone = Phone.scan(picture.screenshot());
        page.locator("input[name=code]").fill("000000");
        page.locator("input[name=code]").press("Enter");
        assertThat(page.locator("[role=alert]")).containsText("not what the app shows");
        page.locator("input[name=code]").fill(phone.code(0));
        page.locator("input[name=code]").press("Enter");
        Locator codes = page.locator("ps-command code");
        assertThat(codes).hasText(Pattern.compile("([a-z2-7]{6}(-[a-z2-7]{6}){3}\\s*){10}"));
        looksWell(browser, "login-setup-codes");
        String recovery = codes.innerText().lines().findFirst().orElseThrow();
        page.locator(".codes > .button").click();
        page.waitForURL("**" + ACCOUNT);
        assertThat(page.locator("ps-second-factor")).containsText("cannot be switched off");
        page.locator("ps-second-factor .acts button").first().click();
        Locator dialog = page.locator("ps-second-factor ps-dialog");
        dialog.locator("input[name=password]").fill(PASSWORD);
        dialog.locator("input[name=code]").fill(recovery);
        looksWell(browser, "second-factor-renew");
        dialog.locator("input[name=code]").press("Enter");
        assertThat(dialog.locator("ps-command code")).not().containsText(recovery);
        dialog.locator(".codes > .button").click();
        assertThat(page.locator("ps-second-factor")).containsText("10 recovery codes left");
        looksWell(browser, "account-duty");
    }

    /** The provider itself is played by OidcApiTest; here is what people see of it. */
    @Test
    void theLoginPageOffersTheProvider(PeerscopeProcess peerscope) {
        try (Browser browser = Browser.open(chromium())) {
            Page page = browser.page();
            page.navigate(peerscope.address().resolve("/login").toString());
            assertThat(page.locator("input[name=username]")).isVisible();
            assertThat(page.locator("button.provider")).hasCount(0);
            page.route(
                    "**/api/v1/session/oidc",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody("{\"enabled\":true,\"label\":\"Keycloak\"}")));
            page.navigate(peerscope.address().resolve("/login").toString());
            assertThat(page.locator("button.provider")).hasText("Sign in with Keycloak");
            page.navigate("about:blank");
            page.navigate(peerscope.address().resolve("/login#oidc=no_role").toString());
            assertThat(page.locator("[role=alert]")).containsText("Ask an administrator for the right group");
            assertThat(page.locator("button.provider")).isVisible();
            looksWell(browser, "login-provider");
        }
    }

    private static Locator tab(Page page, String title) {
        return page.locator("nav.tabs a", new Page.LocatorOptions().setHasText(title));
    }

    private static Phone switchesOn(Browser browser) {
        Page page = browser.page();
        Locator dialog = page.locator("ps-second-factor ps-dialog");
        page.locator("ps-second-factor section button").click();
        dialog.locator("input[name=password]").fill("not the password");
        dialog.locator("input[name=password]").press("Enter");
        assertThat(dialog).containsText("is not yours");
        dialog.locator("input[name=password]").fill(PASSWORD);
        dialog.locator("input[name=password]").press("Enter");
        Locator picture = dialog.locator("svg.qr");
        assertThat(picture).isVisible();
        looksWell(browser, "second-factor-scan");
        Phone phone = Phone.scan(picture.screenshot());
        assertThat(dialog.locator("ps-command code").innerText().replaceAll("\\s", ""))
                .isEqualTo(phone.secret());

        dialog.locator("input[name=code]").fill("000000");
        dialog.locator("input[name=code]").press("Enter");
        assertThat(dialog).containsText("is not what the app shows now");
        dialog.locator("input[name=code]").fill(phone.code(0));
        dialog.locator("input[name=code]").press("Enter");
        assertThat(dialog.locator("ps-command code"))
                .hasText(Pattern.compile("([a-z2-7]{6}-[a-z2-7]{6}-[a-z2-7]{6}-[a-z2-7]{6}\\s*){10}"));
        looksWell(browser, "second-factor-codes");
        dialog.locator(".codes > .button").click();
        assertThat(page.locator("ps-second-factor")).containsText("10 recovery codes left");
        looksWell(browser, "account-second-factor");
        return phone;
    }

    private static void anAdminHelps(Browser office, PeerscopeProcess peerscope, String name) {
        Page page = office.page();
        People.of(peerscope).signIn(page, "admin", HOME + "/settings?view=users");
        page.onceDialog(Dialog::accept);
        Locator row = page.locator("ps-users tbody tr", new Page.LocatorOptions().setHasText(name));
        assertThat(row).containsText("second factor");
        office.screenshot("users-second-factor-dark", ColorScheme.DARK, 1440, 900);
        office.screenshot("users-second-factor-phone", ColorScheme.LIGHT, 390, 844);
        page.setViewportSize(1440, 900);
        page.getByLabel("Switch off the second factor of " + name).click();
        assertThat(row).not().containsText("second factor");
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
        return user(peerscope, "viewer");
    }

    private static String user(PeerscopeProcess peerscope, String role) {
        String name = "account-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(peerscope
                        .api("admin")
                        .post("/api/v1/users", Map.of("username", name, "password", PASSWORD, "role", role))
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
