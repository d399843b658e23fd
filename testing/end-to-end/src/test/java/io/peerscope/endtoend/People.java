package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.peerscope.testkit.process.PeerscopeProcess;
import java.util.Map;

/** Users of the dashboard, one of each role, who sign in as people do. */
final class People {
    private static final String PASSWORD = "correct horse 4711 battery";

    private final PeerscopeProcess peerscope;

    private People(PeerscopeProcess peerscope) {
        this.peerscope = peerscope;
    }

    static People of(PeerscopeProcess peerscope) {
        for (String role : new String[] {"viewer", "operator", "admin"}) {
            int status = peerscope
                    .api("admin")
                    .post("/api/v1/users", Map.of("username", name(role), "password", PASSWORD, "role", role))
                    .status();
            assertThat(status).as("a user of role " + role).isIn(201, 409);
        }
        return new People(peerscope);
    }

    static String name(String role) {
        return "pages-" + role;
    }

    /** Signs in on the login page, which leads to the page that was wanted. */
    void signIn(Page page, String role, String path) {
        page.context().clearCookies();
        page.navigate(peerscope.address().resolve(path).toString());
        page.waitForURL("**/login**");
        page.locator("input[name=username]").fill(name(role));
        page.locator("input[name=password]").fill(PASSWORD);
        page.locator("input[name=password]").press("Enter");
        page.waitForURL("**" + path);
        page.locator("nav[aria-label=Pages]").waitFor(new Locator.WaitForOptions());
    }
}
