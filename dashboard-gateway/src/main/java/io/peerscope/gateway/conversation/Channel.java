package io.peerscope.gateway.conversation;

import io.peerscope.gateway.live.StateKey;
import java.util.Optional;

/** What a client may subscribe to. */
sealed interface Channel {
    String HOST_PREFIX = "host:";

    /** The word the client uses. */
    String word();

    /** Every transition of every alert; never conflated. */
    record Alerts() implements Channel {
        @Override
        public String word() {
            return "alert";
        }
    }

    /** The latest value of something, at most once a second. */
    record State(String word, StateKey key) implements Channel {}

    static Optional<Channel> of(String word) {
        return switch (word) {
            case "alert" -> Optional.of(new Alerts());
            case "metrics" -> Optional.of(new State(word, new StateKey.Metrics()));
            case "status" -> Optional.of(new State(word, new StateKey.Status()));
            case "hosts" -> Optional.of(new State(word, new StateKey.Hosts()));
            default ->
                word.startsWith(HOST_PREFIX) && word.length() > HOST_PREFIX.length()
                        ? Optional.of(new State(word, new StateKey.OneHost(word.substring(HOST_PREFIX.length()))))
                        : Optional.empty();
        };
    }
}
