package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertMatchers;
import io.peerscope.contracts.notify.Channel;

/** Whether a channel wants alerts of this host, rule, label … at all. */
public final class Matchers {
    private Matchers() {}

    public static boolean accept(Channel channel, Alert alert) {
        return channel.enabled() && AlertMatchers.accept(channel.interest().matchers(), alert);
    }
}
