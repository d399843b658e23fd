package io.peerscope.query.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Slows down guessing, by account and by address, without locking anybody out: after some wrong tries each further one
 * must wait, twice as long each time up to a minute. A right password clears the account.
 */
public final class LoginBackOff {
    private static final int FREE_TRIES = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private static final int LONGEST_NAME = 64;

    /** Several accounts share one. */
    private static final int TURNS = 256;

    private record Tries(int failed, Instant last) {}

    private final InstantSource clock;
    private final List<ReentrantLock> turns =
            Stream.generate(ReentrantLock::new).limit(TURNS).toList();
    private final Remembered<Tries> remembered = new Remembered<>();

    public LoginBackOff(InstantSource clock) {
        this.clock = clock;
    }

    /** How long a try must wait yet; empty where it may go ahead. */
    public synchronized Optional<Duration> wait(String username, String address) {
        Duration longest = longer(left(ofUser(username)), left(ofAddress(address)));
        return longest.isPositive() ? Optional.of(longest) : Optional.empty();
    }

    /** Tries of one account are judged one after the other: a thousand at once would all be among the first. */
    public <T> T inTurn(String username, Supplier<T> tried) {
        ReentrantLock turn = turns.get(Math.floorMod(username.hashCode(), TURNS));
        turn.lock();
        try {
            return tried.get();
        } finally {
            turn.unlock();
        }
    }

    public synchronized void failed(String username, String address) {
        count(ofUser(username));
        count(ofAddress(address));
    }

    public synchronized void succeeded(String username) {
        remembered.remove(ofUser(username));
    }

    /** Nobody has a longer name, and what guesses are made of must not fill the memory. */
    private static String ofUser(String username) {
        return "u|" + username.substring(0, Math.min(LONGEST_NAME, username.length()));
    }

    private static String ofAddress(String address) {
        return "a|" + ClientNetwork.of(address);
    }

    private void count(String key) {
        Tries before = remembered.get(key);
        boolean fresh = before != null && before.last().plus(FORGOTTEN_AFTER).isAfter(clock.instant());
        remembered.put(key, new Tries(before != null && fresh ? before.failed() + 1 : 1, clock.instant()));
    }

    private Duration left(String key) {
        Tries tries = remembered.get(key);
        if (tries == null || tries.failed() < FREE_TRIES) {
            return Duration.ZERO;
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(6, tries.failed() - FREE_TRIES));
        Duration capped = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return Duration.between(clock.instant(), tries.last().plus(capped));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
