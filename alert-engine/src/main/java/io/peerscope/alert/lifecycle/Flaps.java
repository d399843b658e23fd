package io.peerscope.alert.lifecycle;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.rule.Flapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often an alert came on lately; it goes on from one episode to the next. Event times, epoch milliseconds.
 *
 * @param begun when it came on, oldest first; as many as the rule allows, and one
 * @param since when it was first called flapping; 0: it is not
 * @param changed when it last came on or ended
 * @param ended while it flaps and is not on: how it ended last
 */
public record Flaps(
        List<Long> begun,
        long since,
        long changed,
        @Nullable Ended ended) {
    static final Flaps NONE = new Flaps(List.of(), 0, 0, null);

    /** An alert that people were told of to the end. */
    public record Ended(Alert alert, long sequence) {}

    public Flaps {
        begun = List.copyOf(begun);
    }

    boolean flapping() {
        return since > 0;
    }

    Flaps began(Flapping rule, long at) {
        if (!rule.watched()) {
            return NONE;
        }
        List<Long> lately = new ArrayList<>(begun);
        lately.removeIf(one -> one <= at - rule.within().toMillis());
        lately.add(at);
        boolean often = lately.size() > rule.times();
        return new Flaps(
                often ? lately.subList(lately.size() - rule.times() - 1, lately.size()) : lately,
                often && since == 0 ? at : since,
                at,
                null);
    }

    Flaps ended(Ended how, long at) {
        return new Flaps(begun, since, at, flapping() ? how : null);
    }

    /** It was taken for ended too early. */
    Flaps reopened(long at) {
        return new Flaps(begun, since, Math.max(changed, at), null);
    }

    /** When it is calm, if nothing comes between; or when what is known of it is of no more use. */
    long until(Flapping rule) {
        if (flapping()) {
            return changed + rule.calmFor().toMillis();
        }
        return begun.isEmpty() ? 0 : begun.getLast() + rule.within().toMillis();
    }
}
