package io.peerscope.benchmarks;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Meter;
import io.peerscope.benchmarks.page.Chromium;
import io.peerscope.benchmarks.page.FirstView;
import io.peerscope.benchmarks.page.LargeNetwork;
import io.peerscope.benchmarks.page.Pixels;
import io.peerscope.benchmarks.page.Scrolling;
import io.peerscope.benchmarks.page.Visit;
import io.peerscope.benchmarks.report.BrowserResult;
import io.peerscope.benchmarks.report.Commit;
import io.peerscope.benchmarks.wire.Target;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SourceTree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A large network reports and breaks rules; once all of it is there, the browser looks at it in one way after another. */
final class BrowserSchedule {
    private static final Path RESULTS = Path.of("benchmarks/target/results");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final BrowserOptions options;
    private final Progress progress;
    private final Instant at = Instant.now();
    private final Machine machine = Machine.here();

    BrowserSchedule(BrowserOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    BrowserResult run() throws InterruptedException {
        PeerscopeProcess.deleteData(options.data());
        try (PeerscopeProcess peerscope = PeerscopeProcess.start(options.data());
                LargeNetwork network = network(peerscope)) {
            progress.tell("%d hosts begin to report", options.hosts());
            await(peerscope.api("viewer"), network);
            try (Meter meter = Meter.start(new Installation.Own(peerscope, false).programs());
                    Chromium chromium = Chromium.open(
                            options.chromium().orElseThrow(), peerscope.address(), peerscope.oneTimeLink())) {
                FirstView first = FirstView.measure(chromium, options.views());
                progress.tell("first view: %.0f ms, %d KiB", first.rows().p50(), first.bytes() >> 10);
                List<Scrolling> scrolling = Visit.scroll(
                        chromium, options.scroll(), options.profile() ? Optional.of(RESULTS) : Optional.empty());
                progress.tell("scrolled %d pages", scrolling.size());
                Map<String, Distribution.Summary> clicks = Visit.click(chromium, options.clicks());
                progress.tell("clicked");
                Pixels pixels = Visit.pixels(chromium, peerscope.api("fleet"), options.pixels());
                progress.tell("POST to pixel: p99 %.0f ms", pixels.pixel().p99());
                network.check();
                return new BrowserResult(
                        at,
                        Commit.of(SourceTree.root()),
                        machine,
                        options.described(),
                        first,
                        new Visit(scrolling, clicks, pixels),
                        meter.read());
            }
        } finally {
            PeerscopeProcess.deleteData(options.data());
        }
    }

    private LargeNetwork network(PeerscopeProcess peerscope) {
        return LargeNetwork.start(
                new Target(peerscope.address(), peerscope.tokens().of("fleet")),
                peerscope.api("admin"),
                options.hosts(),
                options.alerts() / options.hosts(),
                new Random(1),
                options.restless());
    }

    /** Until every host and every alert is to be seen. */
    private void await(Api viewer, LargeNetwork network) throws InterruptedException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        int hosts = 0;
        int alerts = 0;
        while (hosts < options.hosts() || alerts < options.alerts()) {
            if (Instant.now().isAfter(giveUp)) {
                throw new IllegalStateException(
                        "after %s there are %d hosts and %d alerts".formatted(PATIENCE, hosts, alerts));
            }
            network.check();
            TimeUnit.SECONDS.sleep(2);
            hosts = viewer.get("/api/v1/hosts?page_size=1").at("/total").asInt();
            alerts = viewer.get("/api/v1/alerts?status=firing&page_size=1")
                    .at("/total")
                    .asInt();
        }
        progress.tell("%d hosts, %d alerts are open", hosts, alerts);
        TimeUnit.SECONDS.sleep(options.warmUp());
    }
}
