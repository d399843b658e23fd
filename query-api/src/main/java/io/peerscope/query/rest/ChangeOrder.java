package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.consistency.StrongReads;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.StoreException;
import io.peerscope.query.store.Turns;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How documents that people keep are changed: one at a time of a sort, over all instances, by what there is at that moment,
 * and on record.
 */
public final class ChangeOrder {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AuditLog audit;
    private final Turns turns;
    private final StrongReads reads;

    public ChangeOrder(AuditLog audit, Turns turns, StrongReads reads) {
        this.audit = audit;
        this.turns = turns;
        this.reads = reads;
    }

    AuditLog audit() {
        return audit;
    }

    /** @param work sees every change that was made before */
    <T, E extends Exception> T next(String what, Turns.Work<T, E> work) throws E {
        return turns.alone(what, () -> {
            awaitEarlierOnes();
            return work.run();
        });
    }

    private void awaitEarlierOnes() {
        try {
            if (!reads.await(Source.CONTROL, PATIENCE)) {
                throw ProblemException.later(
                        ErrorCode.NOT_YET_CONSISTENT,
                        "what others changed before is not read yet; nothing was changed",
                        PATIENCE);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.later(ErrorCode.OVERLOADED, "stopped meanwhile; nothing was changed", PATIENCE);
        }
    }
}
