package io.peerscope.notify.deliver;

import io.peerscope.notify.policy.Undelivered;

/** Where policy learns, durably, that what it let pass was not heard: before that is written down. */
@FunctionalInterface
public interface Returns {
    void giveBack(String channelId, Undelivered message) throws InterruptedException;
}
