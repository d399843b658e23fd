package io.peerscope.testkit.story;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/**
 * An acceptance test as it unfolds: every step is printed with the time since the beginning, and what has to come true is
 * asked for until it does or its time is up. Nothing waits for a fixed time.
 */
public final class Story {
    private static final Duration ASK_EVERY = Duration.ofMillis(50);

    private final String name;
    private final long begin = System.nanoTime();

    private Story(String name) {
        this.name = name;
        tell("begins");
    }

    public static Story begin(String name) {
        return new Story(name);
    }

    /** Prints a line of the story. */
    public void tell(String what, Object... values) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(Locale.ROOT, "[%s] %6.2f s  %s%n", name, seconds, what.formatted(values));
    }

    /** The first answer that is there; a failing question counts as no answer yet. */
    public <T> T within(Duration limit, String what, Callable<Optional<T>> question) {
        T answer = asking(limit, what)
                .ignoreExceptions()
                .until(question, Optional::isPresent)
                .orElseThrow();
        tell(what);
        return answer;
    }

    /** An assertion that comes to hold. */
    public void holdsWithin(Duration limit, String what, ThrowingRunnable assertion) {
        asking(limit, what).ignoreExceptions().untilAsserted(assertion);
        tell(what);
    }

    /** An assertion that holds now and goes on to hold. */
    public void holdsFor(Duration time, String what, ThrowingRunnable assertion) {
        asking(time.plusSeconds(5), what).during(time).failFast(what, assertion).untilAsserted(assertion);
        tell(what);
    }

    private static ConditionFactory asking(Duration limit, String what) {
        return Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(ASK_EVERY)
                .atMost(limit);
    }
}
