package io.peerscope.ingest.http;

import io.peerscope.foundation.trace.Tracer;
import io.peerscope.ingest.intake.Intake;
import io.peerscope.ingest.intake.IntakeMeter;
import io.peerscope.ingest.quota.Quotas;
import io.peerscope.ingest.quota.Strangers;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.LongSupplier;

/** The doors of all protocols. Plain routes: no framework reads the body, so nothing is read that will be refused. */
public final class IngestRoutes {
    /** Before the HTTP server's own limit on bodies (order -2), which answers 413 without a problem document. */
    private static final int ORDER = -3;

    /**
     * What every request needs on its way.
     *
     * @param clock epoch milliseconds
     */
    public record Parts(
            Doorkeeper doorkeeper,
            Intake intake,
            InFlight inFlight,
            HttpLimits limits,
            IntakeMeter meter,
            LongSupplier clock,
            Quotas quotas,
            Strangers strangers,
            Tracer tracer) {
        /** Without quotas and traces. */
        public Parts(
                Doorkeeper doorkeeper,
                Intake intake,
                InFlight inFlight,
                HttpLimits limits,
                IntakeMeter meter,
                LongSupplier clock) {
            this(
                    doorkeeper,
                    intake,
                    inFlight,
                    limits,
                    meter,
                    clock,
                    Quotas.unlimited(),
                    new Strangers(() -> clock.getAsLong() * 1_000_000),
                    Tracer.off());
        }
    }

    private final List<Protocol> protocols;
    private final Parts parts;
    private final BodyIntake bodies;

    public IngestRoutes(List<Protocol> protocols, Parts parts) {
        this.protocols = List.copyOf(protocols);
        this.parts = parts;
        this.bodies = new BodyIntake(parts.intake(), parts.meter());
    }

    public void register(Router router) {
        for (Protocol protocol : protocols) {
            for (String path : protocol.paths()) {
                router.route(path).order(ORDER).handler(context -> new Exchange(context, protocol, parts, bodies)
                        .begin());
            }
        }
    }
}
