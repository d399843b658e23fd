package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.DeliveryRecord;

/**
 * Attempts at a channel that came to nothing since one did not.
 *
 * @param count in a row
 * @param hopeless whether no repetition mends the last one
 */
record Trouble(int count, boolean hopeless) {
    static Trouble first(boolean hopeless) {
        return new Trouble(1, hopeless);
    }

    Trouble and(Trouble next) {
        return new Trouble(count + next.count, next.hopeless);
    }

    boolean isDead() {
        return hopeless || count >= DeliveryRecord.DEAD_AFTER;
    }
}
