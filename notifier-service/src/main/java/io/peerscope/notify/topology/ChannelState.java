package io.peerscope.notify.topology;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.notify.policy.SendWindow;

/** A channel as the policy task last heard of it, and what it was sent lately. */
record ChannelState(Channel channel, SendWindow window) {}
