package io.peerscope.agent.probe;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongFunction;

/** Time and wires to order: what becomes of the n-th question to an address is a function. Nanoseconds. */
final class FakeNetwork implements Prober.Wire {
    private record Arrival(long at, Echo answer) {}

    /** How long each copy of the answer is on its way; no copy is a loss. */
    private final Map<InetSocketAddress, LongFunction<List<Long>>> fates = new HashMap<>();

    private final PriorityQueue<Arrival> wire = new PriorityQueue<>(Comparator.comparingLong(Arrival::at));
    private final Prober prober;
    long now;
    long asked;

    FakeNetwork(Prober prober) {
        this.prober = prober;
    }

    void path(InetSocketAddress address, LongFunction<List<Long>> fate) {
        fates.put(address, fate);
    }

    @Override
    public void send(Echo question, InetSocketAddress to) {
        asked++;
        for (long delay : fates.getOrDefault(to, sequence -> List.of()).apply(question.sequence())) {
            wire.add(new Arrival(now + delay, question.answer()));
        }
    }

    void run(long nanos) {
        long end = now + nanos;
        while (now < end) {
            prober.ask(now, this);
            long next = now + Math.max(1, prober.untilDue(now));
            Arrival arrival = wire.peek();
            if (arrival != null && arrival.at() <= Math.min(next, end)) {
                wire.remove();
                now = Math.max(now, arrival.at());
                prober.heard(arrival.answer(), now);
            } else {
                now = Math.min(next, end);
            }
        }
    }
}
