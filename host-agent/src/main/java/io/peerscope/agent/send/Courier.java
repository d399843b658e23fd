package io.peerscope.agent.send;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hands in reports, oldest first, on a thread of its own, so that measuring never waits for the network. Whatever waited
 * while the server was away follows with the time at which it was measured.
 */
public final class Courier implements AutoCloseable {
    private final Backlog backlog;
    private final Door door;
    private final BackOff backOff;
    private final Standing.Listener listener;
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private Standing standing = Standing.NEW;

    public Courier(Backlog backlog, Door door, BackOff backOff, Standing.Listener listener) {
        this.backlog = backlog;
        this.door = door;
        this.backOff = backOff;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("courier").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public void send(Report report) {
        backlog.add(report);
        news.release();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    /** Sends until nothing is left or nothing is taken; then says how long to wait, or nothing: until there is news. */
    Optional<Duration> drain() throws InterruptedException {
        for (Optional<Report> next = backlog.oldest(); next.isPresent(); next = backlog.oldest()) {
            switch (door.post(next.get())) {
                case Answer.Taken() -> {
                    backlog.remove(next.get());
                    backOff.succeeded();
                    stand(Standing.TAKEN, "");
                }
                case Answer.Refused(int status, String detail) -> {
                    backlog.remove(next.get());
                    backOff.succeeded();
                    stand(Standing.REFUSED, "status " + status + ": " + detail);
                }
                case Answer.Denied(String detail) -> {
                    stand(Standing.DENIED, detail);
                    return Optional.of(backOff.denied());
                }
                case Answer.Later(String detail, Optional<Duration> retryAfter) -> {
                    stand(Standing.AWAY, detail);
                    return Optional.of(backOff.failed(retryAfter));
                }
            }
        }
        return Optional.empty();
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                Optional<Duration> wait = drain();
                if (wait.isPresent()) {
                    closed.await(wait.get().toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    news.acquire();
                }
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stand(Standing now, String detail) {
        if (now != standing) {
            listener.changed(standing, now, detail);
            standing = now;
        }
    }
}
