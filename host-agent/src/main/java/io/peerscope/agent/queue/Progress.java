package io.peerscope.agent.queue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What {@link Outstanding} must know again after a restart. */
record Progress(
        long liveFrom, Span liveDraft, Span backlogDraft, long liveDraftTime, long latestSent, List<Span> backlog) {
    static final Span NO_SPAN = new Span(0, 0);

    /** Bytes; every {@link Outstanding} fits. */
    static final int LONGEST = 7 * Long.BYTES + Integer.BYTES + (Outstanding.MOST_SPANS + 1) * 2 * Long.BYTES;

    void writeTo(ByteBuffer out) {
        out.putLong(liveFrom).putLong(liveDraftTime).putLong(latestSent);
        write(out, liveDraft);
        write(out, backlogDraft);
        out.putInt(backlog.size());
        backlog.forEach(span -> write(out, span));
    }

    static Progress readFrom(ByteBuffer in) {
        long liveFrom = in.getLong();
        long liveDraftTime = in.getLong();
        long latestSent = in.getLong();
        Span liveDraft = read(in);
        Span backlogDraft = read(in);
        List<Span> backlog = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            backlog.add(read(in));
        }
        return new Progress(liveFrom, liveDraft, backlogDraft, liveDraftTime, latestSent, backlog);
    }

    private static void write(ByteBuffer out, Span span) {
        out.putLong(span.from()).putLong(span.to());
    }

    private static Span read(ByteBuffer in) {
        return new Span(in.getLong(), in.getLong());
    }
}
