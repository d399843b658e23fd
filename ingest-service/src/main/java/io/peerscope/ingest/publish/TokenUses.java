package io.peerscope.ingest.publish;

import io.peerscope.contracts.security.TokenUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When tokens of hosts were last used, told at most once in a while for each of them: a host sends every few seconds, and nobody
 * wants to know to the second. Thread-safe; never waits.
 */
public final class TokenUses {
    /** Whom it is told. What gets lost is told again after the pause. */
    @FunctionalInterface
    public interface Journal {
        void tell(String tokenId, TokenUse use);
    }

    private final Journal journal;
    private final long pause;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Long> told = new ConcurrentHashMap<>();
    private final AtomicLong cleared = new AtomicLong();

    /** @param pause at least so long between two records of one token */
    public TokenUses(Journal journal, Duration pause, InstantSource clock) {
        this.journal = journal;
        this.pause = pause.toMillis();
        this.clock = clock;
    }

    public void note(String tokenId) {
        long now = clock.millis();
        Long before = told.get(tokenId);
        if (before != null && isLately(before, now)) {
            return;
        }
        boolean first = before == null ? told.putIfAbsent(tokenId, now) == null : told.replace(tokenId, before, now);
        if (first) {
            forgetOld(now);
            journal.tell(tokenId, new TokenUse(Instant.ofEpochMilli(now)));
        }
    }

    /** Of how many tokens something is remembered. */
    public int size() {
        return told.size();
    }

    /** What is older than the pause decides nothing any more. */
    private void forgetOld(long now) {
        long last = cleared.get();
        if (!isLately(last, now) && cleared.compareAndSet(last, now)) {
            told.values().removeIf(then -> !isLately(then, now));
        }
    }

    /** What lies ahead was noted before the clock was set back, and decides nothing. */
    private boolean isLately(long then, long now) {
        return then <= now && now - then < pause;
    }
}
