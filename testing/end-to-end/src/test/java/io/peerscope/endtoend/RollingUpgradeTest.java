package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.simulator.load.Ledger;
import io.peerscope.simulator.load.LoadPlan;
import io.peerscope.testkit.load.LedgerChecker;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.process.SourceTree;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Six processes of an earlier build give way to this one's, service by service, while hosts report and an alert is on at
 * each step. Nothing acknowledged is lost or doubled, and each alert is told once when it begins and once when it ends.
 *
 * <p>The earlier build is that of the checkout which {@code peerscope.test.previous} names ({@code ./test --upgrade REF}
 * makes one). Without it this build follows itself, which shows the handing over only.
 */
@Tag("soak")
final class RollingUpgradeTest {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FLOWS_WITHIN = Duration.ofSeconds(180);
    private static final Duration CHECKED_WITHIN = Duration.ofSeconds(180);
    /** From whoever writes a topic to whoever reads it: an old reader has to stand what a new writer says. */
    private static final List<Service> WRITERS_FIRST = List.of(
            Service.INGEST, Service.AGGREGATOR, Service.ALERT, Service.NOTIFIER, Service.QUERY_API, Service.GATEWAY);

    private final Story story = Story.begin("rolling upgrade");

    @Test
    void writersBeforeReaders() {
        unfold("writers", WRITERS_FIRST);
    }

    @Test
    void readersBeforeWriters() {
        unfold("readers", WRITERS_FIRST.reversed());
    }

    private void unfold(String name, List<Service> order) {
        Path previous = Optional.ofNullable(System.getProperty("peerscope.test.previous"))
                .map(Path::of)
                .orElseGet(SourceTree::root);
        story.tell("from %s", previous.equals(SourceTree.root()) ? "the same build" : "an earlier build");
        LoadPlan plan = new LoadPlan("upgrade", 100, 10, Instant.now().minus(Duration.ofMinutes(90)), TICK);
        try (SixProcesses six = SixProcesses.startBuildOf(previous, StoryData.fresh("upgrade-" + name));
                RecordingWebhook webhook = RecordingWebhook.start()) {
            try (PacedLoad load = PacedLoad.start(
                    six.address(Service.INGEST), six.tokens().of("fleet"), plan, Long.MAX_VALUE, TICK)) {
                Episodes episodes = Episodes.watched(
                        story, () -> six.api(Service.INGEST, "fleet"), six.api(Service.QUERY_API, "admin"), webhook);
                List<String> hot = upgrade(six, order, load, episodes);
                Ledger ledger = load.end(FLOWS_WITHIN);
                assertThat(ledger.notAcknowledged()).isEmpty();
                LedgerChecker checker = new LedgerChecker(six.database(), plan.prefix());
                story.tell(
                        "%d samples acknowledged, %s",
                        ledger.acknowledgedSamples(), checker.greenWithin(CHECKED_WITHIN, story, ledger));
                episodes.eachWasToldOnce(six.api(Service.QUERY_API, "viewer"), hot, CHECKED_WITHIN);
            } catch (RuntimeException | AssertionError failed) {
                System.out.println(six.lastWords());
                throw failed;
            }
        }
    }

    /** @return the hosts that were hot while a service was replaced */
    private List<String> upgrade(SixProcesses six, List<Service> order, PacedLoad load, Episodes episodes) {
        List<String> hot = new ArrayList<>();
        for (Service service : order) {
            load.flows(story, FLOWS_WITHIN, 3);
            String host =
                    "hot-" + service.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            hot.add(host);
            episodes.begin(host);
            six.upgrade(service);
            story.tell("%s is of this build", service);
            episodes.end(host);
        }
        load.flows(story, FLOWS_WITHIN, 3);
        return hot;
    }
}
