package io.peerscope.agent.probe;

import java.net.InetAddress;
import java.util.Optional;

/** Answers questions, within limits. */
final class Responder {
    private final EchoCodec codec;
    private final SourceRates rates;

    Responder(EchoCodec codec, SourceRates rates) {
        this.codec = codec;
        this.rates = rates;
    }

    Optional<byte[]> answer(Echo question, InetAddress source, long nanos) {
        return rates.allows(source, nanos) ? Optional.of(codec.encode(question.answer())) : Optional.empty();
    }
}
