package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import io.peerscope.testkit.process.PeerscopeProcess;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows of tabs that scroll sideways on a phone show the tab that is open, unless a hand moved them. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class TabRowStoryTest {
    private static final String LAST_TAB = "/p2p/monitoring/settings?view=account";
    private static final int NARROW = 390;
    private static final int LONG = 844;
    private static final String COUNT_COMES = "row => row.children[0].append(' 12345678')";
    private static final String TWO_FRAMES =
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";

    @Test
    void theOpenTabIsInSight(PeerscopeProcess peerscope) {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        People people = People.of(peerscope);
        try (Browser browser = Browser.open(chromium.orElseThrow())) {
            Page page = browser.page();
            page.setViewportSize(NARROW, LONG);
            people.signIn(page, "admin", LAST_TAB);
            Locator pages = page.locator("nav[aria-label=Pages]");
            Locator tabs = page.locator("nav.tabs");
            showsWhatIsOpen(page, tabs);
            showsWhatIsOpen(page, pages);
            assertThat(left(tabs)).as("the row is too wide for a phone").isPositive();
            tabs.evaluate(COUNT_COMES);
            showsWhatIsOpen(page, tabs);

            page.setViewportSize(LONG, NARROW);
            page.evaluate(TWO_FRAMES);
            page.setViewportSize(NARROW, LONG);
            showsWhatIsOpen(page, tabs);
            showsWhatIsOpen(page, pages);

            tabs.evaluate("row => row.scrollLeft = 0");
            tabs.evaluate(COUNT_COMES);
            // what a phone does when its address bar goes
            page.setViewportSize(NARROW, LONG - 60);
            page.evaluate(TWO_FRAMES);
            assertThat(left(tabs)).as("where a hand put it").isZero();
            page.setViewportSize(NARROW - 10, LONG);
            showsWhatIsOpen(page, tabs);
            assertThat(page.evaluate("window.scrollY")).isEqualTo(0);
        }
    }

    private static void showsWhatIsOpen(Page page, Locator row) {
        row.locator("[aria-current]").waitFor();
        page.evaluate(TWO_FRAMES);
        BoundingBox all = row.boundingBox();
        BoundingBox open = row.locator("[aria-current]").boundingBox();
        assertThat(open.x).as("where the open tab begins").isGreaterThanOrEqualTo(all.x - 1);
        assertThat(open.x + open.width).as("where the open tab ends").isLessThanOrEqualTo(all.x + all.width + 1);
    }

    private static double left(Locator row) {
        return ((Number) row.evaluate("row => row.scrollLeft")).doubleValue();
    }
}
