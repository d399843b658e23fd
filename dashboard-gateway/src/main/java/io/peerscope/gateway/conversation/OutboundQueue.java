package io.peerscope.gateway.conversation;

import io.peerscope.gateway.live.AlertLog;
import io.peerscope.gateway.live.Frame;
import io.peerscope.gateway.live.LiveState;
import io.peerscope.gateway.live.StateKey;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one connection is to be sent next: replies first, then every alert in order, then state that is due.
 *
 * <p>Holds almost nothing: alerts are read from the shared log and state from the shared view, each from where this
 * connection left off. So state is conflated by itself, an alert is never passed over, and a thousand clients that do not
 * read cost no more than their cursors. What a client has yet to be sent is still bounded, because nobody who is that far
 * behind is looking. Not thread-safe; times are milliseconds of one clock.
 */
final class OutboundQueue {

    private static final long LATE_MS = 150;

    private static final class Followed {
        private long seen;
        private long dueAt;
    }

    private final LiveState state;
    private final AlertLog alerts;
    private final Limits limits;
    private final ArrayDeque<Frame> replies = new ArrayDeque<>();
    private final Map<StateKey, Followed> followed = new LinkedHashMap<>();
    private final long joinedAt;
    private long replyBytes;
    private boolean alertsFollowed;
    private boolean alertsHeld;
    private long cursor;
    private long missedCursor;

    OutboundQueue(LiveState state, AlertLog alerts, Limits limits) {
        this.state = state;
        this.alerts = alerts;
        this.limits = limits;
        this.joinedAt = alerts.last();
        this.cursor = joinedAt;
        this.missedCursor = joinedAt;
    }

    void reply(Frame frame) {
        replies.add(frame);
        replyBytes += frame.bytes();
    }

    void follow(StateKey key) {
        followed.putIfAbsent(key, new Followed());
    }

    void unfollow(StateKey key) {
        followed.remove(key);
    }

    void followAlerts() {
        if (!alertsFollowed) {
            alertsFollowed = true;
            cursor = Math.max(cursor, alerts.last());
        }
    }

    void unfollowAlerts() {
        alertsFollowed = false;
    }

    /** While held, alerts wait: a client that resumes gets what it missed before what is new. */
    void holdAlerts(boolean held) {
        alertsHeld = held;
    }

    /**
     * Sends again the alerts after {@code offset} that came before this connection.
     *
     * @return false where some of them are no longer known, and nothing is sent again
     */
    boolean resumeAfter(long offset) {
        if (!alerts.reaches(offset)) {
            return false;
        }
        missedCursor = Math.min(offset, joinedAt);
        return true;
    }

    /** Everything that is followed is sent anew. */
    void startOver() {
        followed.values().forEach(each -> {
            each.seen = 0;
            each.dueAt = 0;
        });
    }

    /** The next frame to write; empty where there is nothing to say at this moment. */
    Optional<Frame> next(long now) {
        Frame reply = replies.poll();
        if (reply != null) {
            replyBytes -= reply.bytes();
            return Optional.of(reply);
        }
        return nextAlert().or(() -> nextState(now));
    }

    private Optional<Frame> nextAlert() {
        if (!alertsFollowed || alertsHeld) {
            return Optional.empty();
        }
        if (missedCursor < joinedAt) {
            Optional<Frame> missed = alerts.after(missedCursor);
            missed.ifPresent(frame -> missedCursor++);
            return missed;
        }
        Optional<Frame> alert = alerts.after(cursor);
        alert.ifPresent(frame -> cursor++);
        return alert;
    }

    private Optional<Frame> nextState(long now) {
        for (Map.Entry<StateKey, Followed> entry : followed.entrySet()) {
            StateKey key = entry.getKey();
            Followed follow = entry.getValue();
            if (now >= follow.dueAt && state.version(key) > follow.seen) {
                LiveState.Change change = state.changesSince(key, follow.seen);
                // What is sent first is a snapshot; the interval runs from the first change, so that it falls in step
                // with
                // a source that speaks once a second.
                boolean first = follow.seen == 0;
                follow.seen = change.version();
                follow.dueAt = first || change.more() ? now : nextDue(follow.dueAt, now);
                return Optional.of(change.frame());
            }
        }
        return Optional.empty();
    }

    /**
     * One interval on, counted from when this frame was due if it is only a little late. Otherwise a source that speaks
     * once an interval would be passed on a little later each time.
     */
    private long nextDue(long due, long now) {
        return Math.max(due, now - LATE_MS) + limits.stateIntervalMs();
    }

    /** Whether more waits for this client than it may have waiting, or alerts it has not been sent are gone. */
    boolean overflows() {
        if (!alertsFollowed) {
            return replyBytes > limits.bufferBytes();
        }
        long missed = missedCursor < joinedAt ? alerts.bytesAfter(missedCursor) : 0;
        long waiting = Math.max(missed, alerts.bytesAfter(cursor));
        return waiting > limits.bufferBytes() - replyBytes;
    }
}
