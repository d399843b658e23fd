package io.peerscope.agent.send;

/** What the server says to the question for the newest point that it holds of this host. */
public sealed interface Newest {
    /** @param epochMillis by this host's clock */
    record At(long epochMillis) implements Newest {}

    /** It holds none. */
    record Nothing() implements Newest {}

    /** It does not know the question, or does not answer it to us. */
    record Unknown() implements Newest {}

    /** It could not answer just now. */
    record Later(Answer.Later why) implements Newest {}
}
