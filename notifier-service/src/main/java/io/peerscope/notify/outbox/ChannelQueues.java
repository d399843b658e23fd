package io.peerscope.notify.outbox;

import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.trace.Span;
import io.peerscope.notify.deliver.Claim;
import io.peerscope.notify.deliver.Postman;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One virtual thread for each channel that has something to send: messages of one channel keep their order, and a
 * channel that hangs costs the others nothing. Tests of a channel have a thread of their own and do not queue.
 */
final class ChannelQueues {
    private static final Logger LOG = Logger.getLogger(ChannelQueues.class);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final Postman postman;
    private final Map<String, Lane> lanes = new HashMap<>();
    private boolean closed;

    ChannelQueues(Postman postman) {
        this.postman = postman;
    }

    private record Job(OutboxMessage message, Claim claim, Span span, Runnable done) {}

    private record Lane(Queue<Job> jobs, Thread thread) {}

    /**
     * @param span from now until it is dealt with, or somebody else's; ended here
     * @param done called when the message is dealt with; not called where the claim is lost before
     */
    synchronized void submit(OutboxMessage message, Claim claim, Span span, Runnable done) {
        if (closed) {
            return;
        }
        String name = message.channel().id() + (message.type() == MessageType.TEST ? "/test" : "");
        Job job = new Job(message, claim, span, done);
        Lane lane = lanes.get(name);
        if (lane == null) {
            Lane opened = new Lane(
                    new ArrayDeque<>(List.of(job)),
                    Thread.ofVirtual().name("deliver-" + name).unstarted(() -> work(name)));
            lanes.put(name, opened);
            opened.thread().start();
        } else {
            lane.jobs().add(job);
        }
    }

    private void work(String name) {
        try {
            for (Job job = next(name); job != null; job = next(name)) {
                if (deliver(job)) {
                    job.done().run();
                }
                job.span().end();
            }
        } catch (InterruptedException e) {
            LOG.debugf("%s interrupted", name);
        }
    }

    private boolean deliver(Job job) throws InterruptedException {
        while (true) {
            try {
                return postman.deliver(job.message(), job.claim(), job.span());
            } catch (RuntimeException e) {
                LOG.errorf(e, "message %s is tried again", job.message().id());
                job.claim().rest(PAUSE_AFTER_FAULT);
            }
        }
    }

    private synchronized @Nullable Job next(String name) {
        Lane lane = lanes.get(name);
        Job job = lane == null || closed ? null : lane.jobs().poll();
        if (job == null) {
            lanes.remove(name);
        }
        return job;
    }

    /** To be called when all claims are lost: lets what is being said at this moment come to its end, and be noted. */
    void close(Duration patience) {
        List<Lane> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(lanes.values());
        }
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Lane lane : last) {
                lane.thread().join(Duration.ofNanos(Math.max(end - System.nanoTime(), 0)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.forEach(lane -> lane.thread().interrupt());
    }
}
