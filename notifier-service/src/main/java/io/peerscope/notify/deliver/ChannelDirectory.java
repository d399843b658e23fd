package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.Channel;
import java.time.Instant;

/** What channels are like now; a message in the outbox knows only what its channel was like when it was made. */
public interface ChannelDirectory {

    /** What is known of a channel. */
    sealed interface Entry {
        record Present(Channel channel) implements Entry {}

        record Removed() implements Entry {}

        /** Perhaps made so lately that this process has not read of it. */
        record Unknown() implements Entry {}
    }

    /** @param existedAt a moment at which there was such a channel */
    Entry find(String channelId, Instant existedAt);
}
