package io.peerscope.foundation.secret;

import io.peerscope.contracts.notify.Channel;
import org.jspecify.annotations.Nullable;

/** What nobody but the receiver may know of a channel: its secret and its address, which of a chat service is one too. */
public final class ChannelSecrets {
    private final SecretBox box;

    public ChannelSecrets(SecretBox box) {
        this.box = box;
    }

    /** Whether there is a key to seal with. */
    public boolean seals() {
        return box.seals();
    }

    /** Whether sealing it now would write it otherwise. */
    public boolean isStale(Channel channel) {
        Channel.Target target = channel.target();
        return isStale(target.url()) || isStale(target.secret());
    }

    private boolean isStale(@Nullable String text) {
        return text != null && !box.isCurrent(text);
    }

    /** As it stands on topics, in stores and in messages under way. */
    public Channel seal(Channel channel) {
        Channel.Target target = channel.target();
        return with(
                channel,
                target.url() == null ? null : box.seal(target.url(), place(channel, "url")),
                target.secret() == null ? null : box.seal(target.secret(), place(channel, "secret")));
    }

    /**
     * As {@link #seal(Channel)}, with what did not change sealed as it was. Who compares channels, to know whether an address
     * that was given up has been mended, compares what is sealed, and no two seals are alike.
     */
    public Channel seal(Channel channel, Channel before) {
        Channel sealed = seal(channel);
        Channel.Target now = sealed.target();
        Channel.Target then = before.target();
        return with(
                channel,
                kept(channel, "url", channel.target().url(), now.url(), then.url()),
                kept(channel, "secret", channel.target().secret(), now.secret(), then.secret()));
    }

    private @Nullable String kept(
            Channel channel, String field, @Nullable String clear, @Nullable String now, @Nullable String then) {
        if (clear == null || then == null || !box.isCurrent(then)) {
            return now;
        }
        try {
            return box.open(then, place(channel, field)).equals(clear) ? then : now;
        } catch (UnreadableSecretException e) {
            return now;
        }
    }

    /** As it must be to send something there. */
    public Channel open(Channel channel) throws UnreadableSecretException {
        Channel.Target target = channel.target();
        return with(
                channel,
                target.url() == null ? null : box.open(target.url(), place(channel, "url")),
                target.secret() == null ? null : box.open(target.secret(), place(channel, "secret")));
    }

    private static String place(Channel channel, String field) {
        return "channel/" + channel.id() + "/" + field;
    }

    private static Channel with(Channel channel, @Nullable String url, @Nullable String secret) {
        Channel.Target target = channel.target();
        return new Channel(
                channel.id(),
                channel.type(),
                channel.enabled(),
                channel.interest(),
                channel.pace(),
                channel.turn(),
                new Channel.Target(url, secret, target.recipients(), target.account()),
                channel.action());
    }
}
