package io.peerscope.notify.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When a channel was sent something within the last minute: a sliding count that survives a restart.
 *
 * @param behind whether alerts wait for a digest. Later ones wait with them, else they would take each place as it
 *     becomes free, and the digest would never go
 */
public record SendWindow(List<Instant> sent, boolean behind) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    public static SendWindow empty() {
        return new SendWindow(List.of(), false);
    }

    boolean hasRoom(int perMinute, Instant now) {
        return !behind && hasRoomForDigest(perMinute, now);
    }

    boolean hasRoomForDigest(int perMinute, Instant now) {
        return within(now).size() < perMinute;
    }

    /** What got worse may go over the limit, but not without any. */
    boolean hasRoomForWorse(int perMinute, Instant now) {
        return within(now).size() < 2 * perMinute;
    }

    SendWindow with(Instant now) {
        List<Instant> kept = new ArrayList<>(within(now));
        kept.add(now);
        return new SendWindow(List.copyOf(kept), behind);
    }

    SendWindow behind(boolean now) {
        return now == behind ? this : new SendWindow(sent, now);
    }

    /** Also not what lies in the future: the clock was wrong, and must not silence the channel until it catches up. */
    private List<Instant> within(Instant now) {
        return sent.stream()
                .filter(at -> Duration.between(at, now).abs().compareTo(MINUTE) < 0)
                .toList();
    }
}
