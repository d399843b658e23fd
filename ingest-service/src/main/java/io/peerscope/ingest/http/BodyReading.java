package io.peerscope.ingest.http;

import io.peerscope.ingest.http.Encoding.Body;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** Collects a body within bounds of size, memory and time. Lives on the request's event loop; tells its result once. */
final class BodyReading {
    /** How the body came. */
    sealed interface Result {
        record Whole(Body body) implements Result {}

        record TooLarge() implements Result {}

        record NoMemory() implements Result {}

        /** The sender hung up or was too slow. */
        record Broken() implements Result {}
    }

    /** A declared length is believed up to so many times what has arrived: who lets his body drip holds next to nothing. */
    private static final int BELIEVED = 4;

    private final int limit;
    private final InFlight.Share share;
    private final Consumer<Result> told;
    private byte[] bytes = {};
    private int length;
    private boolean done;

    private BodyReading(int limit, InFlight.Share share, Consumer<Result> told) {
        this.limit = limit;
        this.share = share;
        this.told = told;
    }

    static void of(
            HttpServerRequest request,
            Vertx vertx,
            int limit,
            Duration timeout,
            InFlight.Share share,
            long declared,
            Consumer<Result> told) {
        BodyReading reading = new BodyReading(limit, share, told);
        long timer = vertx.setTimer(timeout.toMillis(), late -> reading.end(new Result.Broken()));
        request.exceptionHandler(broken -> {
            vertx.cancelTimer(timer);
            reading.end(new Result.Broken());
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            reading.end(new Result.Whole(new Body(reading.bytes, reading.length)));
        });
        request.handler(chunk -> reading.add(chunk, declared));
    }

    private void add(Buffer chunk, long declared) {
        if (done) {
            return; // read on and throw away, so that the answer is not lost in a reset connection
        }
        int more = chunk.length();
        if (length + (long) more > limit) {
            end(new Result.TooLarge());
            return;
        }
        if (length + more > bytes.length) {
            long arrived = length + (long) more;
            long wanted = declared < 0 ? 2 * arrived : Math.max(arrived, Math.min(declared, BELIEVED * arrived));
            int capacity = (int) Math.min(limit, wanted);
            if (!share.take(capacity - bytes.length)) {
                end(new Result.NoMemory());
                return;
            }
            bytes = Arrays.copyOf(bytes, capacity);
        }
        chunk.getBytes(bytes, length);
        length += more;
    }

    private void end(Result result) {
        if (!done) {
            done = true;
            told.accept(result);
            bytes = new byte[0];
        }
    }
}
