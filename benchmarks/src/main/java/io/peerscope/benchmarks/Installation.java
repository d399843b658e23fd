package io.peerscope.benchmarks;

import io.peerscope.benchmarks.measure.Usage;
import io.peerscope.benchmarks.measure.Watched;
import io.peerscope.benchmarks.probe.Waypoints;
import io.peerscope.benchmarks.report.Stored;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.Tokens;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Peerscope that is measured. */
sealed interface Installation extends AutoCloseable {
    URI address();

    Tokens tokens();

    /** What it consists of; of one that was there before, nothing is known. The generator itself is always there. */
    List<Watched> programs();

    /** What its database holds of a crowd of hosts, where it can be asked. */
    Optional<Stored> stored(String hostPrefix);

    /** Watches the topics between the ends, where its broker is known. */
    Optional<Waypoints> waypoints();

    @Override
    void close();

    /** @param name admin, operator, viewer or fleet */
    default Api api(String name) {
        return new Api(address(), tokens().of(name));
    }

    static Installation start(Path data, boolean keep) {
        PeerscopeProcess.deleteData(data);
        return new Own(PeerscopeProcess.start(data), keep);
    }

    static Installation at(URI address, Path tokens) {
        return new Foreign(address, new Tokens(tokens));
    }

    private static Watched generator() {
        return Watched.alone(Usage.GENERATOR, ProcessHandle.current());
    }

    /** Standalone, started for this run with a broker and a database of its own. */
    record Own(PeerscopeProcess process, boolean keep) implements Installation {
        @Override
        public URI address() {
            return process.address();
        }

        @Override
        public Tokens tokens() {
            return process.tokens();
        }

        @Override
        public List<Watched> programs() {
            return List.of(
                    Watched.alone("standalone", process.program()),
                    Watched.alone("broker", process.broker()),
                    Watched.withDescendants("postgresql", process.postmaster()),
                    generator());
        }

        @Override
        public Optional<Stored> stored(String hostPrefix) {
            return Optional.of(Stored.count(process.database(), hostPrefix));
        }

        @Override
        public Optional<Waypoints> waypoints() {
            return Optional.of(Waypoints.watch(process.bootstrapServers()));
        }

        @Override
        public void close() {
            Path data = process.data();
            process.close();
            if (!keep) {
                PeerscopeProcess.deleteData(data);
            }
        }
    }

    /** One that was running already. */
    record Foreign(URI address, Tokens tokens) implements Installation {
        @Override
        public List<Watched> programs() {
            return List.of(generator());
        }

        @Override
        public Optional<Stored> stored(String hostPrefix) {
            return Optional.empty();
        }

        @Override
        public Optional<Waypoints> waypoints() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // it goes on
        }
    }
}
