package io.peerscope.agent.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the server has not acknowledged. From {@code liveFrom} on everything is live; before it are the spans of earlier
 * outages, oldest first. A draft is a span that was sent and not answered: it is sent again as it was, so that it keeps
 * its name.
 *
 * <p>Whether a live draft has arrived can be asked for as long as nothing behind it has been sent: then it has, if and
 * only if its last time is the newest the server holds of us. A later time there comes from somebody else who writes as
 * this host and proves nothing; nor does any time prove anything about the backlog, behind which newer reports were sent.
 */
final class Outstanding {
    /** More outages than these in one backlog, and what is new waits for what is old. */
    static final int MOST_SPANS = 32;

    private static final long NEVER = Long.MIN_VALUE;

    private final List<Span> backlog = new ArrayList<>();
    private long liveFrom;
    private @Nullable Span liveDraft;
    private @Nullable Span backlogDraft;
    /** Time of the last report of the live draft where it tells that draft from all that was sent before, else never. */
    private long liveDraftTime = NEVER;
    /** The latest time of any report that was ever sent. */
    private long latestSent = NEVER;

    Outstanding() {}

    Outstanding(Progress progress) {
        backlog.addAll(progress.backlog());
        liveFrom = progress.liveFrom();
        liveDraft = progress.liveDraft().isEmpty() ? null : progress.liveDraft();
        backlogDraft = progress.backlogDraft().isEmpty() ? null : progress.backlogDraft();
        liveDraftTime = progress.liveDraftTime();
        latestSent = progress.latestSent();
    }

    Progress progress() {
        return new Progress(
                liveFrom,
                liveDraft == null ? Progress.NO_SPAN : liveDraft,
                backlogDraft == null ? Progress.NO_SPAN : backlogDraft,
                liveDraftTime,
                latestSent,
                List.copyOf(backlog));
    }

    long liveFrom() {
        return liveFrom;
    }

    /** Behind all positions that are known of here. */
    long unused() {
        return liveDraft == null ? liveFrom : Math.max(liveFrom, liveDraft.to());
    }

    /** What is to be sent next in this lane, of which a beginning may be taken; a draft must be taken whole. */
    Optional<Span> next(Lane lane, long end) {
        Span draft = draft(lane);
        if (draft != null) {
            return Optional.of(draft);
        }
        return switch (lane) {
            case LIVE -> liveFrom < end ? Optional.of(new Span(liveFrom, end)) : Optional.empty();
            case BACKLOG -> backlog.stream().findFirst();
        };
    }

    boolean drafted(Lane lane) {
        return draft(lane) != null;
    }

    private @Nullable Span draft(Lane lane) {
        return switch (lane) {
            case LIVE -> liveDraft;
            case BACKLOG -> backlogDraft;
        };
    }

    /** @param latest the latest time among the reports of the span */
    void draft(Lane lane, Span span, long latest) {
        switch (lane) {
            case LIVE -> {
                liveDraft = span;
                liveDraftTime = latest > latestSent ? latest : NEVER;
            }
            case BACKLOG -> backlogDraft = span;
        }
        latestSent = Math.max(latestSent, latest);
    }

    /** The time that, being the newest at the server, proves that the live draft has arrived. */
    OptionalLong arrivedIf(Lane lane) {
        return lane == Lane.LIVE && liveDraft != null && liveDraftTime != NEVER
                ? OptionalLong.of(liveDraftTime)
                : OptionalLong.empty();
    }

    /** It will not be sent again, taken or not. */
    void settle(Lane lane, Span span) {
        redraft(lane);
        switch (lane) {
            case LIVE -> liveFrom = Math.max(liveFrom, span.to());
            case BACKLOG -> cut(span);
        }
    }

    /** It was too much for one request: what is sent instead may be less, and so has another name. */
    void redraft(Lane lane) {
        switch (lane) {
            case LIVE -> liveDraft = null;
            case BACKLOG -> backlogDraft = null;
        }
    }

    /** What is live so far becomes backlog, up to a position; not while some of it is a draft. */
    void setAside(long position) {
        if (backlog.size() >= MOST_SPANS || position <= liveFrom || liveDraft != null) {
            return;
        }
        Span last = backlog.isEmpty() ? Progress.NO_SPAN : backlog.getLast();
        if (!last.isEmpty() && last.to() == liveFrom) {
            backlog.set(backlog.size() - 1, new Span(last.from(), position));
        } else {
            backlog.add(new Span(liveFrom, position));
        }
        liveFrom = position;
    }

    /** These reports no longer exist. */
    void forget(Span gone) {
        cut(gone);
        if (gone.from() <= liveFrom) {
            liveFrom = Math.max(liveFrom, gone.to());
        }
        liveDraft = clipped(liveDraft, gone);
        backlogDraft = clipped(backlogDraft, gone);
    }

    /** Whether any of it is still to be sent. */
    boolean wants(Span span) {
        return all(span.to()).stream().anyMatch(waiting -> waiting.common(span).isPresent());
    }

    /** All that is still to be sent, up to a position. */
    List<Span> all(long end) {
        List<Span> all = new ArrayList<>(backlog);
        all.add(new Span(liveFrom, end));
        return all;
    }

    private void cut(Span gone) {
        List<Span> before = List.copyOf(backlog);
        backlog.clear();
        for (Span span : before) {
            if (span.common(gone).isEmpty()) {
                backlog.add(span);
                continue;
            }
            List.of(span.before(gone), span.after(gone)).stream()
                    .filter(rest -> !rest.isEmpty())
                    .forEach(backlog::add);
        }
    }

    private static @Nullable Span clipped(@Nullable Span draft, Span gone) {
        if (draft == null || draft.common(gone).isEmpty()) {
            return draft;
        }
        // What is left must be one piece, or the piece before the gap would be settled with it unsent.
        Span rest = draft.after(gone);
        return rest.isEmpty() || !draft.before(gone).isEmpty() ? null : rest;
    }
}
