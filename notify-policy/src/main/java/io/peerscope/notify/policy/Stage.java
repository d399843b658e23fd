package io.peerscope.notify.policy;

import java.util.Optional;
import java.util.function.Predicate;

/** One reason for which an alert may be held back. */
@FunctionalInterface
interface Stage {
    /** Empty: it passes. */
    Optional<Hold> hold(Candidate candidate);

    /**
     * Not now.
     *
     * @param why counted, and shown to people
     * @param next what becomes of it
     */
    record Hold(Held why, Next next) {}

    /** What becomes of what is held. */
    enum Next {
        /** Nothing changes in what the channel knows and waits for. */
        AS_BEFORE,
        /** What was still to be said of it is not said. */
        UNSAID,
        /** There is nothing to say; what stands in a digest stays there. */
        SETTLED,
        /** It is looked at again each second, and said once nothing holds it. */
        LATER,
        /** A line in the next digest. */
        DIGEST,
        /** A line in a digest within a second. */
        URGENT;

        Optional<Hold> because(Held why, boolean so) {
            return so ? Optional.of(new Hold(why, this)) : Optional.empty();
        }
    }

    /** Whoever passes this one comes to the next. */
    default Stage then(Stage next) {
        return candidate -> hold(candidate).or(() -> next.hold(candidate));
    }

    /** Whom the test is true of passes. */
    default Stage unless(Predicate<Candidate> exempt) {
        return candidate -> exempt.test(candidate) ? Optional.empty() : hold(candidate);
    }
}
