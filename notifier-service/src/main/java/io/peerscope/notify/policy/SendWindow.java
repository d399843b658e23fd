package io.peerscope.notify.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When a channel was sent something within the last minute: a sliding count that survives a restart. */
public record SendWindow(List<Instant> sent) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    public static SendWindow empty() {
        return new SendWindow(List.of());
    }

    boolean hasRoom(int perMinute, Instant now) {
        return within(now).size() < perMinute;
    }

    SendWindow with(Instant now) {
        List<Instant> kept = new ArrayList<>(within(now));
        kept.add(now);
        return new SendWindow(List.copyOf(kept));
    }

    private List<Instant> within(Instant now) {
        return sent.stream().filter(at -> at.isAfter(now.minus(MINUTE))).toList();
    }
}
