package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.OutboxMessage;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jboss.logging.Logger;

/**
 * One virtual thread for each channel that has something to send: messages of one channel keep their order, and a
 * channel that hangs costs the others nothing.
 */
final class ChannelQueues implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ChannelQueues.class);

    private final Postman postman;
    private final Map<String, Lane> lanes = new HashMap<>();
    private boolean closed;

    ChannelQueues(Postman postman) {
        this.postman = postman;
    }

    private record Job(OutboxMessage message, Runnable done) {}

    private static final class Lane {
        private final Queue<Job> jobs = new ArrayDeque<>();
        private final Thread thread;

        private Lane(Thread thread) {
            this.thread = thread;
        }
    }

    /** @param done called when the message is dealt with; not called when this is closed before */
    synchronized void submit(OutboxMessage message, Runnable done) {
        if (closed) {
            return;
        }
        String channelId = message.channel().id();
        Lane lane = lanes.get(channelId);
        if (lane == null) {
            lane = new Lane(Thread.ofVirtual().name("deliver-" + channelId).unstarted(() -> work(channelId)));
            lanes.put(channelId, lane);
            lane.jobs.add(new Job(message, done));
            lane.thread.start();
        } else {
            lane.jobs.add(new Job(message, done));
        }
    }

    private void work(String channelId) {
        try {
            for (Job job = next(channelId); job != null; job = next(channelId)) {
                postman.deliver(job.message());
                job.done().run();
            }
        } catch (InterruptedException e) {
            LOG.debugf("delivery to %s interrupted", channelId);
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Job next(String channelId) {
        Lane lane = lanes.get(channelId);
        Job job = lane == null || closed ? null : lane.jobs.poll();
        if (job == null) {
            lanes.remove(channelId);
        }
        return job;
    }

    @Override
    public synchronized void close() {
        closed = true;
        lanes.values().forEach(lane -> lane.thread.interrupt());
    }
}
