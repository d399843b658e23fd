package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A dashboard that is open all day asks for what is on the screen, and for nothing that was there before. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class LeftPagesStoryTest {
    private static final String HOME = "/p2p/monitoring";
    /** Longer than the longest pause between two questions of a page. */
    private static final int LATER_MILLIS = 61_000;

    private static final int TIMES = 3;

    @Test
    void pagesThatWereLeftAskNothing(PeerscopeProcess peerscope) {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH; Debian: apt install chromium");
        Story story = Story.begin("pages that were left");
        People people = People.of(peerscope);
        Set<String> asked = new ConcurrentSkipListSet<>();
        try (Browser browser = Browser.open(chromium.orElseThrow());
                SmallNetwork network = SmallNetwork.start(peerscope.api("fleet"))) {
            Page page = browser.page();
            page.clock().install();
            people.signIn(page, "admin", HOME);
            for (Sight sight : Sight.ALL) {
                sight.visit(page);
            }
            page.onRequest(request -> asked.add(URI.create(request.url()).getPath()));
            Sight last = new Sight("Alerts", "Rules", "host_overload_cpu");
            last.visit(page);
            Set<String> own = Set.of("/api/v1/rules", "/api/v1/session");
            for (int i = 0; i < TIMES; i++) {
                page.clock().fastForward(LATER_MILLIS);
                // an answer that would set its next timer is there before time goes on
                page.waitForLoadState(LoadState.NETWORKIDLE);
            }
            assertThat(page.locator("main")).containsText("host_overload_cpu");
            Set<String> others = new TreeSet<>(asked);
            others.removeIf(path -> !path.startsWith("/api/v1/") || own.contains(path));
            assertThat(others).as("asked while the rules are shown").isEmpty();
        }
        story.tell("%d pages were visited, and ask nothing %d s later", Sight.ALL.size(), TIMES * LATER_MILLIS / 1000);
    }
}
