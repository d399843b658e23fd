package io.peerscope.benchmarks;

import io.peerscope.benchmarks.body.Bodies;
import io.peerscope.benchmarks.body.Body;
import io.peerscope.benchmarks.body.BodyRequest;
import io.peerscope.benchmarks.body.Fleet;
import io.peerscope.benchmarks.load.Senders;
import io.peerscope.benchmarks.load.Sent;
import io.peerscope.benchmarks.measure.DiskUse;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Meter;
import io.peerscope.benchmarks.measure.Usage;
import io.peerscope.benchmarks.measure.Watched;
import io.peerscope.benchmarks.report.Commit;
import io.peerscope.benchmarks.report.IngestPhase;
import io.peerscope.benchmarks.report.IngestResult;
import io.peerscope.benchmarks.server.Format;
import io.peerscope.benchmarks.server.Product;
import io.peerscope.benchmarks.server.Server;
import io.peerscope.benchmarks.server.Servers;
import io.peerscope.benchmarks.wire.Request;
import io.peerscope.benchmarks.wire.Wire;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Every server with every format it takes, one after the other. */
final class IngestSchedule {
    private static final int HOSTS_A_REQUEST = 50;
    private static final int POINTS_A_REQUEST = 50;

    private final IngestOptions options;
    private final Servers servers;
    private final Fleet fleet;
    private final Bodies bodies;
    private final List<String> hosts;
    private final Progress progress;
    private final AtomicLong ids = new AtomicLong();

    IngestSchedule(IngestOptions options, Progress progress) {
        this.fleet = options.fleet();
        this.options = options;
        this.servers = options.servers();
        this.bodies = new Bodies(fleet);
        this.hosts = fleet.hostNames();
        this.progress = progress;
    }

    IngestResult run() throws IOException, InterruptedException {
        Instant at = Instant.now();
        Machine machine = Machine.here();
        List<Product> present = new ArrayList<>();
        for (Product product : options.products()) {
            servers.missing(product)
                    .ifPresentOrElse(
                            missing -> progress.tell("%s is left out: %s", product, missing),
                            () -> present.add(product));
        }
        List<IngestPhase> phases = new ArrayList<>();
        for (Format format : options.formats()) {
            for (Product product : present) {
                if (product.takes(format)) {
                    progress.tell("%s, %s", product, format.description());
                    measure(product, format, phases);
                }
            }
        }
        return new IngestResult(at, Commit.of(SourceTree.root()), machine, options.described(), phases);
    }

    private void measure(Product product, Format format, List<IngestPhase> phases)
            throws IOException, InterruptedException {
        Path folder = options.data().resolve(product + "-" + format);
        PeerscopeProcess.deleteData(folder);
        Path data = folder.resolve("data");
        try (Server server = servers.start(product, data)) {
            Request first = trial(server, format);
            int status = status(server, first);
            if (status / 100 != 2) {
                progress.tell("  left out: it answers with %d", status);
                return;
            }
            IngestPhase phase = loaded(server, product, format, data, first.samples());
            phases.add(phase);
            progress.tell(
                    "  %,.0f samples/s at %.2f CPU seconds a million, %d samples missing",
                    phase.sent().acceptedPerSecond(), phase.cpuPerMillion(), phase.missing());
        } finally {
            PeerscopeProcess.deleteData(folder);
        }
    }

    /** From a time before the load. */
    private Request trial(Server server, Format format) {
        return new BodyRequest(server.headers(format), body(format, List.of(hosts.getFirst())));
    }

    private int status(Server server, Request request) throws IOException {
        try (Wire wire = Wire.open(server.address())) {
            return wire.exchange(request.stamped(ids.incrementAndGet(), System.currentTimeMillis() - 10_000))
                    .status();
        }
    }

    private IngestPhase loaded(Server server, Product product, Format format, Path data, int before)
            throws IOException, InterruptedException {
        Senders senders = new Senders(server.address(), requests(server, format), ids);
        List<Watched> programs = new ArrayList<>(server.programs());
        programs.add(Watched.alone(Usage.GENERATOR, ProcessHandle.current()));
        Sent warmUp = senders.send(options.warmUp(), 0);
        try (Recordings recordings = recordings(product, format, programs);
                Meter meter = Meter.start(programs)) {
            Sent sent = senders.send(options.time(), 0);
            Usage usage = meter.read();
            return new IngestPhase(
                    format.word(),
                    product.word(),
                    servers.version(product),
                    sent,
                    usage,
                    before + warmUp.acceptedSamples() + sent.acceptedSamples(),
                    server.samples(fleet),
                    DiskUse.bytes(data));
        }
    }

    private Recordings recordings(Product product, Format format, List<Watched> programs)
            throws IOException, InterruptedException {
        return options.jfr() && product == Product.PEERSCOPE
                ? Recordings.start(programs, Path.of("benchmarks/target/results/ingest-" + format))
                : Recordings.none();
    }

    /** For each connection. Hosts are dealt out, so that the times of a series never come out of order. */
    private List<List<Request>> requests(Server server, Format format) {
        List<List<Request>> all = new ArrayList<>();
        for (int connection = 0; connection < options.connections(); connection++) {
            all.add(new ArrayList<>());
        }
        int each =
                switch (format) {
                    case REMOTE_WRITE, LINE -> HOSTS_A_REQUEST;
                    case REMOTE_WRITE_SMALL, PROTO, JSON -> 1;
                };
        String headers = server.headers(format);
        int connection = 0;
        for (int first = 0; first < hosts.size(); first += each) {
            List<String> together = hosts.subList(first, Math.min(first + each, hosts.size()));
            all.get(connection).add(new BodyRequest(headers, body(format, together)));
            connection = (connection + 1) % all.size();
        }
        return all;
    }

    private Body body(Format format, List<String> together) {
        return switch (format) {
            case REMOTE_WRITE, REMOTE_WRITE_SMALL -> bodies.remoteWrite(together);
            case LINE -> bodies.line(together);
            case PROTO -> bodies.proto(together.getFirst(), POINTS_A_REQUEST);
            case JSON -> bodies.json(together.getFirst(), POINTS_A_REQUEST);
        };
    }
}
