package io.peerscope.alert.group;

import io.peerscope.contracts.point.Subject;

/** One that is counted. Times are event times, epoch milliseconds. */
final class Member {
    final Subject subject;
    final Sum sum;
    /** When it said last whether it meets the condition. */
    long at;
    /** For how long that stands. */
    long until;

    private boolean met;
    private boolean simulated;
    private boolean watched;

    Member(Subject subject, Sum sum) {
        this.subject = subject;
        this.sum = sum;
    }

    /** The counts of one group. */
    static final class Sum {
        final Subject group;
        int members;
        int met;
        int simulated;

        Sum(Subject group) {
            this.group = group;
        }

        private void add(Member member, int sign) {
            members += sign;
            met += member.met ? sign : 0;
            simulated += member.simulated ? sign : 0;
        }
    }

    void join() {
        sum.add(this, 1);
    }

    void leave() {
        sum.add(this, -1);
    }

    void say(boolean newMet, boolean newSimulated) {
        leave();
        met = newMet;
        simulated = newSimulated;
        join();
    }

    /** @return whether it was not */
    boolean watch() {
        boolean before = watched;
        watched = true;
        return !before;
    }

    void unwatch() {
        watched = false;
    }
}
