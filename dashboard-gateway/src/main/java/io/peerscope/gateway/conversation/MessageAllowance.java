package io.peerscope.gateway.conversation;

/** A token bucket: so many messages a second, and as many at once. */
final class MessageAllowance {
    private final int perSecond;
    private double left;
    private long asOf;

    MessageAllowance(int perSecond, long nowMillis) {
        this.perSecond = perSecond;
        this.left = perSecond;
        this.asOf = nowMillis;
    }

    boolean take(long nowMillis) {
        left = Math.min(perSecond, left + (nowMillis - asOf) * perSecond / 1000.0);
        asOf = nowMillis;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
