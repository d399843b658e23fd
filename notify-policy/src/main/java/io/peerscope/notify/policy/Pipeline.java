package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertMatchers;
import io.peerscope.notify.policy.Stage.Hold;
import io.peerscope.notify.policy.Stage.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The policy in one sentence. An alert that begins or changes passes the stages in this order, when it comes and, where
 * one holds it for later, each second from then on; whoever passes all becomes a message.
 */
final class Pipeline {
    private static final Stage PACED = stage(Pipeline::queued)
            .then(Pipeline::grouped)
            .then(Pipeline::cooledDown)
            .then(Pipeline::throttled);

    static final Stage POLICY = stage(Pipeline::switchedOff)
            .then(Pipeline::unmatched)
            .then(Pipeline::tooMild)
            .then(Pipeline::silenced)
            .then(Pipeline::unchanged)
            .then(Pipeline::inhibited)
            .then(Pipeline::partOfMore)
            .then(Pipeline::outOfTurn)
            .then(Pipeline::quieted)
            .then(Pipeline::actedEnough)
            .then(Pipeline::folded)
            .then(PACED.unless(Candidate::worsens));

    private Pipeline() {}

    private static Stage stage(Stage first) {
        return first;
    }

    /** What is still on when the channel is switched on again is told then; what is to be done is not done later. */
    private static Optional<Hold> switchedOff(Candidate of) {
        Next next = of.isAction() ? Next.UNSAID : Next.LATER;
        return next.because(Held.DISABLED, !of.channel().enabled());
    }

    private static Optional<Hold> unmatched(Candidate of) {
        return Next.AS_BEFORE.because(
                Held.UNMATCHED, !AlertMatchers.accept(of.channel().interest().matchers(), of.alert()));
    }

    private static Optional<Hold> tooMild(Candidate of) {
        return Next.AS_BEFORE.because(
                Held.BELOW_SEVERITY,
                !of.alert().severity().atLeast(of.channel().interest().minSeverity()));
    }

    private static Optional<Hold> silenced(Candidate of) {
        return Next.UNSAID.because(Held.SILENCED, of.alert().silencedBy() != null);
    }

    private static Optional<Hold> unchanged(Candidate of) {
        return Next.SETTLED.because(of.told().noNews(of.alert()), !of.told().isNews(of.alert()));
    }

    private static Optional<Hold> inhibited(Candidate of) {
        return Next.LATER.because(Held.INHIBITED, of.situation().inhibitors().inhibit(of.channel(), of.alert()));
    }

    private static Optional<Hold> partOfMore(Candidate of) {
        return Next.LATER.because(
                Held.INCIDENT, of.situation().cause(of.alert()).isPresent());
    }

    /** Once somebody has been told, what gets worse does not wait for its turn again. */
    private static Optional<Hold> outOfTurn(Candidate of) {
        int after = of.channel().turn().escalateAfterSeconds();
        Alert alert = of.alert();
        Instant fired = alert.firedAt() == null ? alert.startedAt() : alert.firedAt();
        boolean early =
                fired.plus(Duration.ofSeconds(after)).isAfter(of.situation().now());
        return Next.LATER.because(
                Held.ESCALATION, after > 0 && of.told().said() == null && (early || alert.acknowledgedBy() != null));
    }

    private static Optional<Hold> quieted(Candidate of) {
        return Next.LATER.because(Held.QUIET_HOURS, of.situation().quiet() && !of.isCritical());
    }

    /** What is too late to be done is not done later. */
    private static Optional<Hold> actedEnough(Candidate of) {
        return Next.UNSAID.because(
                Held.ACTION_LIMIT,
                of.isAction()
                        && !of.window()
                                .hasRoom(
                                        of.situation().maxPerMinute(),
                                        of.situation().now()));
    }

    private static Optional<Hold> folded(Candidate of) {
        return Next.URGENT.because(
                Held.FOLDED,
                of.worsens()
                        && (of.told().queued()
                                || !of.window()
                                        .hasRoomForWorse(
                                                of.situation().maxPerMinute(),
                                                of.situation().now())));
    }

    private static Optional<Hold> queued(Candidate of) {
        return Next.DIGEST.because(Held.THROTTLED, of.told().queued());
    }

    private static Optional<Hold> grouped(Candidate of) {
        int wait = of.channel().pace().groupWaitSeconds();
        return Next.LATER.because(Held.GROUPED, wait > 0 && !of.hasWaited(wait));
    }

    private static Optional<Hold> cooledDown(Candidate of) {
        return Next.LATER.because(Held.COOLDOWN, of.isCooling());
    }

    private static Optional<Hold> throttled(Candidate of) {
        return Next.DIGEST.because(
                Held.THROTTLED,
                !of.window()
                        .hasRoom(of.situation().maxPerMinute(), of.situation().now()));
    }
}
