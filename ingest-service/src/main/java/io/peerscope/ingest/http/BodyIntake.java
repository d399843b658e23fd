package io.peerscope.ingest.http;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.foundation.trace.Span;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.http.Encoding.Body;
import io.peerscope.ingest.intake.Intake;
import io.peerscope.ingest.intake.IntakeMeter;
import io.peerscope.ingest.intake.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntPredicate;

/** What becomes of a body that is there: unpacked, understood, held against the quota, taken in. Knows nothing of HTTP. */
final class BodyIntake {
    static final String OVER_QUOTA = "over the quota of this credential";

    private final Intake intake;
    private final IntakeMeter meter;
    private final Buffers buffers = new Buffers();

    BodyIntake(Intake intake, IntakeMeter meter) {
        this.intake = intake;
        this.meter = meter;
    }

    /**
     * Works on the caller's thread until all is handed over. Fails only by a fault of ours.
     *
     * @param receivedAt epoch milliseconds
     * @param overQuota asked once, with the number of samples
     * @param span of the request
     */
    CompletionStage<Reply> take(
            Body body,
            Opening.Welcome reading,
            Sender sender,
            InFlight.Share share,
            long receivedAt,
            IntPredicate overQuota,
            Span span) {
        Decoded decoded;
        try {
            Body plain = reading.encoding().unpack(body, reading.limit(), share, buffers);
            switch (reading) {
                case Opening.Reading points -> {
                    take(share, points.decoder().cost(plain.bytes(), plain.length()));
                    decoded = points.decoder().decode(plain.bytes(), plain.length(), sender);
                    if (plain != body) {
                        buffers.give(plain.bytes()); // what was decoded stands for itself
                    }
                }
                case Opening.Handling other -> {
                    CompletionStage<Reply> reply =
                            other.handler().handle(plain.bytes(), plain.length(), sender, receivedAt);
                    meter.understood(0);
                    return reply;
                }
            }
            take(share, decoded.weight());
        } catch (UndecodableException e) {
            meter.undecodable(e.code());
            return CompletableFuture.completedStage(new Reply.Refused(e.code(), e.detail(), e.errors()));
        } catch (RuntimeException e) {
            meter.undecodable(ErrorCode.INTERNAL);
            return CompletableFuture.failedStage(e);
        }
        try {
            if (overQuota.test(decoded.samples())) {
                meter.turnedAway(ErrorCode.QUOTA_EXCEEDED);
                return CompletableFuture.completedStage(
                        new Reply.Refused(ErrorCode.QUOTA_EXCEEDED, OVER_QUOTA, List.of()));
            }
            return intake.submit(decoded, sender, receivedAt, span);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static void take(InFlight.Share share, long bytes) throws UndecodableException {
        if (bytes > 0 && !share.takeUpTo(bytes)) {
            throw new UndecodableException(ErrorCode.OVERLOADED, "too many bytes are in flight");
        }
    }
}
