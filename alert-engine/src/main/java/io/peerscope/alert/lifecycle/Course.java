package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.NoData;
import org.jspecify.annotations.Nullable;

/** Moves one alert of one rule through samples and deadlines, telling what happens on the way. */
record Course(Terms terms, long staleAfter, Telling telling) {

    /**
     * A sample where nothing is on.
     *
     * @param before quiet or resting
     */
    AlertState begin(AlertState before, Subject subject, Sample sample, boolean simulated) {
        AlertState rest =
                before instanceof AlertState.Kept kept ? calm(kept, Deadlines.Reach.before(sample.at())) : before;
        if (!terms.breaksAny(sample.value())) {
            return rest instanceof AlertState.Kept kept ? new AlertState.Resting(kept.episode(), sample) : rest;
        }
        Episode episode = Episode.begin(terms.rule().id(), subject, sample.at(), "breach", simulated, flaps(rest));
        return news(
                settle(new AlertState.Pending(episode, Levels.NONE.judge(terms, sample, false), sample), null),
                sample,
                null);
    }

    /** A sample of an alert whose deadlines before it are done. */
    AlertState judge(AlertState.Open open, Sample sample, @Nullable Reason reason) {
        boolean afterGap = sample.at() - open.last().at() > staleAfter;
        Levels levels = open.levels().judge(terms, sample, afterGap);
        AlertState.Open judged =
                switch (open) {
                    case AlertState.Pending pending -> new AlertState.Pending(pending.episode(), levels, sample);
                    case AlertState.Firing firing -> new AlertState.Firing(firing.episode(), levels, sample);
                    case AlertState.Silent silent -> new AlertState.Firing(silent.episode(), levels, sample);
                };
        if (levels.isEmpty()) {
            return end(judged, sample.at(), reason);
        }
        return news(settle(judged, reason), sample, reason);
    }

    /** What only kept firing may have ended meanwhile. An episode that was nothing but silence ends here. */
    AlertState dataReturn(AlertState.Silent silent, Subject subject, Sample sample, boolean simulated) {
        Deadlines meanwhile = new Deadlines(terms, silent.last(), staleAfter, Deadlines.Reach.before(sample.at()));
        Levels left = silent.levels().at(meanwhile, sample.at() - 1);
        if (left.isEmpty()) {
            return begin(end(silent, sample.at(), Reason.DATA_RETURNED), subject, sample, simulated);
        }
        return judge(new AlertState.Silent(silent.episode(), left, silent.last()), sample, Reason.DATA_RETURNED);
    }

    /** Where missing data is an alert of its own, what fires goes on until that is due. */
    AlertState dataEnd(AlertState.Open open, long at) {
        return switch (advance(open, Deadlines.Reach.before(at))) {
            case AlertState.Pending pending -> end(pending, at, Reason.NO_DATA);
            case AlertState.Firing firing
            when terms.rule().noData() != NoData.ALERT -> {
                Levels left = terms.keepFiringFor() > 0 ? firing.levels().fallen(at) : Levels.NONE;
                yield left.isEmpty()
                        ? end(firing, at, Reason.NO_DATA)
                        : new AlertState.Firing(firing.episode(), left, firing.last());
            }
            case AlertState other -> other;
        };
    }

    /** Does what is due, in the order of time. */
    AlertState advance(AlertState.Open open, Deadlines.Reach reach) {
        return advance(open, reach, null);
    }

    private AlertState advance(AlertState.Open open, Deadlines.Reach reach, @Nullable Reason reason) {
        Deadlines deadlines = new Deadlines(terms, open.last(), staleAfter, reach);
        AlertState state = open;
        while (state instanceof AlertState.Open now) {
            Deadlines.Due due = deadlines.next(now);
            if (due.at() == Deadlines.NONE) {
                break;
            }
            state = switch (due.kind()) {
                case LEVELS -> move(now, deadlines, due.at(), reason);
                case GAP -> end(now, due.at(), Reason.GAP);
                case SILENCE ->
                    terms.rule().noData() == NoData.ALERT
                            ? fallSilent(now, due.at())
                            : end(now, due.at(), Reason.NO_DATA);
                case CALM -> now.with(telling.steady(now, due.at(), null));
            };
        }
        return state;
    }

    AlertState end(AlertState.Open open, long at, @Nullable Reason reason) {
        return rest(telling.end(open, at, reason), open.last());
    }

    /** Of what is over nothing is kept, unless it came on lately. */
    static AlertState rest(Episode ended, Sample last) {
        return ended.flaps().begun().isEmpty() ? AlertState.Quiet.QUIET : new AlertState.Resting(ended, last);
    }

    /** What is not on is called flapping no more once it has been calm; later it is forgotten how often it came on. */
    AlertState calm(AlertState.Kept over, Deadlines.Reach reach) {
        Flaps flaps = over.episode().flaps();
        long due = flaps.until(terms.rule().flapping());
        if (flaps.begun().isEmpty() || due > reach.calm()) {
            return over;
        }
        Episode episode = flaps.flapping() ? telling.steady(over, due, null) : over.episode();
        return over instanceof AlertState.Muted muted
                ? new AlertState.Muted(episode.with(Flaps.NONE), muted.last())
                : AlertState.Quiet.QUIET;
    }

    private static Flaps flaps(AlertState rest) {
        return rest instanceof AlertState.Kept kept ? kept.episode().flaps() : Flaps.NONE;
    }

    /** The silence itself is the trouble, so it is told however long ago it began. */
    AlertState silence(AlertState before, Subject subject, long lastAt, boolean simulated, long now) {
        Episode episode = Episode.begin(terms.rule().id(), subject, lastAt, "silence", simulated, flaps(before));
        Sample unknown = new Sample(lastAt, lastAt, Double.NaN, 0, null);
        long since = Math.min(lastAt + terms.noDataAfter(), now);
        return telling.present(new AlertState.Silent(episode.fired(since), Levels.NONE, unknown), since, null);
    }

    private AlertState fallSilent(AlertState.Open open, long at) {
        AlertState.Silent silent =
                new AlertState.Silent(open.episode().fired(at), open.levels().firing(), open.last());
        return telling.present(silent, at, null);
    }

    private AlertState settle(AlertState.Open open, @Nullable Reason reason) {
        return advance(open, Deadlines.Reach.upTo(open.last().at()), reason);
    }

    private AlertState news(AlertState state, Sample sample, @Nullable Reason reason) {
        return state instanceof AlertState.Open open ? telling.news(open, sample.at(), reason) : state;
    }

    private AlertState move(AlertState.Open open, Deadlines deadlines, long at, @Nullable Reason reason) {
        Levels levels = open.levels().at(deadlines, at);
        if (levels.isEmpty()) {
            return end(open, at, reason);
        }
        if (!levels.fires()) {
            return new AlertState.Pending(open.episode(), levels, open.last());
        }
        AlertState.Firing firing = new AlertState.Firing(open.episode().fired(at), levels, open.last());
        return telling.news(firing, at, reason);
    }
}
