package io.peerscope.benchmarks.socket;

import io.peerscope.benchmarks.measure.Distribution;
import java.util.concurrent.atomic.LongAdder;

/**
 * What clients hear: frames of alerts whose summary begins with the moment they were put on their topic. Frames of any
 * other kind are passed over. Thread-safe.
 */
public final class Heard {
    private static final String MARK = "\"summary\":\"@";

    private final LongAdder frames = new LongAdder();
    private final LongAdder characters = new LongAdder();
    private volatile Distribution latencies = new Distribution();

    /** @return a summary that tells the present moment, padded to a length in characters */
    public static String summary(int length) {
        String moment = "@" + System.nanoTime() + " ";
        return moment + "x".repeat(Math.max(0, length - moment.length()));
    }

    public void frame(String text) {
        long now = System.nanoTime();
        int at = text.indexOf(MARK);
        if (at >= 0) {
            int from = at + MARK.length();
            long put = Long.parseLong(text, from, text.indexOf(' ', from), 10);
            latencies.add((now - put) / 1000);
            frames.increment();
            characters.add(text.length());
        }
    }

    /** Alert frames so far. */
    public long frames() {
        return frames.sum();
    }

    /** Of an alert frame, on average; all of them are ASCII. 0 before the first. */
    public long bytesAFrame() {
        return frames.sum() == 0 ? 0 : characters.sum() / frames.sum();
    }

    /** From topic to client, of frames that came since this was asked last. */
    public Distribution.Summary latencies() {
        Distribution soFar = latencies;
        latencies = new Distribution();
        return soFar.summary();
    }
}
