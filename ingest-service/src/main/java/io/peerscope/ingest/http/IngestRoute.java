package io.peerscope.ingest.http;

import io.peerscope.ingest.intake.Intake;
import io.peerscope.ingest.intake.IntakeMeter;
import io.peerscope.ingest.json.JsonBatchDecoder;
import io.vertx.ext.web.Router;
import java.util.function.LongSupplier;

/** {@code POST /api/v1/ingest}. A plain route: no framework reads the body, so nothing is read that will be refused. */
public final class IngestRoute {
    public static final String PATH = "/api/v1/ingest";
    /** Before the HTTP server's own limit on bodies (order -2), which answers 413 without a problem document. */
    private static final int ORDER = -3;

    /** What a request needs on its way. */
    record Parts(
            Doorkeeper doorkeeper,
            JsonBatchDecoder decoder,
            Intake intake,
            InFlight inFlight,
            HttpLimits limits,
            IntakeMeter meter,
            LongSupplier clock) {}

    private final Parts parts;

    /** @param clock epoch milliseconds */
    public IngestRoute(
            Doorkeeper doorkeeper,
            JsonBatchDecoder decoder,
            Intake intake,
            InFlight inFlight,
            HttpLimits limits,
            IntakeMeter meter,
            LongSupplier clock) {
        this.parts = new Parts(doorkeeper, decoder, intake, inFlight, limits, meter, clock);
    }

    public void register(Router router) {
        router.route(PATH).order(ORDER).handler(context -> new Exchange(context, parts).begin());
    }
}
