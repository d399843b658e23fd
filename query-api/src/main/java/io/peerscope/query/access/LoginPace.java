package io.peerscope.query.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How many logins by the provider one network begins in a minute. Nobody shows anything for them, each is kept for a while,
 * and the oldest go when there are too many: without this, one sender keeps everybody else out.
 */
public final class LoginPace {
    private static final int MOST = 60;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private record Begun(Instant since, int count) {}

    private final InstantSource clock;
    private final Remembered<Begun> remembered = new Remembered<>();

    public LoginPace(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a login that begins. @return empty, or how long its network has to wait first */
    public synchronized Optional<Duration> begin(String address) {
        Instant now = clock.instant();
        Begun begun = remembered.merge(
                ClientNetwork.of(address),
                new Begun(now, 1),
                (before, first) -> now.isBefore(before.since().plus(WINDOW))
                        ? new Begun(before.since(), Math.min(before.count(), MOST) + 1)
                        : first);
        return begun.count() <= MOST
                ? Optional.empty()
                : Optional.of(Duration.between(now, begun.since().plus(WINDOW)));
    }
}
