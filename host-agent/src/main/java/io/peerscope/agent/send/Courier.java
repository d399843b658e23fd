package io.peerscope.agent.send;

import io.peerscope.agent.queue.Lane;
import io.peerscope.agent.queue.Parcel;
import io.peerscope.agent.queue.ReportQueue;
import io.peerscope.agent.report.Report;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Hands in reports on a thread of its own, so that measuring never waits for the network: the newest first, so that after
 * an outage the server knows at once how this host is, then what waited, in order, with the times of measuring.
 */
public final class Courier implements AutoCloseable {
    /** What to wait for. */
    sealed interface Rest {
        /** Nothing: there is more to do. */
        record None() implements Rest {}

        /** A new report. */
        record UntilNews() implements Rest {}

        /** A new report, but no longer than this. */
        record UntilNewsOr(Duration time) implements Rest {}

        /** This time, whatever comes in. */
        record For(Duration time) implements Rest {}
    }

    private final ReportQueue queue;
    private final Door door;
    private final BackOff backOff;
    private final Standing.Listener listener;
    private final LongSupplier nanos;
    private final Pace pace = new Pace();
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private Standing standing = Standing.NEW;

    public Courier(ReportQueue queue, Door door, BackOff backOff, Standing.Listener listener, LongSupplier nanos) {
        this.queue = queue;
        this.door = door;
        this.backOff = backOff;
        this.listener = listener;
        this.nanos = nanos;
        this.thread = Thread.ofPlatform().name("courier").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public void send(Report report) {
        queue.add(report);
        news.release();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    /** Sends one parcel, if there is one to send now. */
    Rest step() throws InterruptedException {
        Optional<Parcel> live = queue.next(Lane.LIVE, pace.limits());
        if (live.isPresent()) {
            return deliver(live.get());
        }
        long wait = pace.untilDue(nanos.getAsLong());
        if (wait > 0) {
            return new Rest.UntilNewsOr(Duration.ofNanos(wait));
        }
        Optional<Parcel> waiting = queue.next(Lane.BACKLOG, pace.limits());
        return waiting.isPresent() ? deliver(waiting.get()) : new Rest.UntilNews();
    }

    private Rest deliver(Parcel parcel) throws InterruptedException {
        if (parcel.arrivedIf().isPresent()) {
            switch (door.newest()) {
                case Newest.At(long newest) -> {
                    if (newest == parcel.arrivedIf().getAsLong()) {
                        return done(parcel, nanos.getAsLong(), Standing.TAKEN, "");
                    }
                }
                case Newest.Later(Answer.Later why) -> {
                    return later(parcel, why);
                }
                case Newest.Nothing none -> {}
                case Newest.Unknown unknown -> {}
            }
        }
        long began = nanos.getAsLong();
        Answer answer = door.post(parcel);
        return switch (answer) {
            case Answer.Taken() -> done(parcel, began, Standing.TAKEN, "");
            case Answer.TakenInPart(String detail) -> done(parcel, began, Standing.REFUSED, detail);
            case Answer.Refused(String detail) -> done(parcel, began, Standing.REFUSED, detail);
            case Answer.TooMuch(String detail) -> {
                pace.tooMuch(parcel.points());
                queue.redraft(parcel);
                yield new Rest.None();
            }
            case Answer.Denied(String detail) -> {
                stand(Standing.DENIED, detail);
                yield new Rest.For(backOff.denied());
            }
            case Answer.Later why -> later(parcel, why);
        };
    }

    private Rest done(Parcel parcel, long began, Standing now, String detail) {
        queue.settle(parcel);
        if (parcel.lane() == Lane.BACKLOG) {
            pace.taken(began, nanos.getAsLong());
        }
        backOff.succeeded();
        stand(now, detail);
        return new Rest.None();
    }

    private Rest later(Parcel parcel, Answer.Later why) {
        if (parcel.lane() == Lane.BACKLOG) {
            pace.pushedBack(nanos.getAsLong());
        }
        stand(Standing.AWAY, why.detail());
        return new Rest.For(backOff.failed(why.retryAfter()));
    }

    /** Also what nobody foresaw must not end the thread: the parcel is kept, and the reports after it want to be sent. */
    private Rest stepWhateverComes() throws InterruptedException {
        try {
            return step();
        } catch (RuntimeException e) {
            stand(Standing.FAULTY, e.toString());
            return new Rest.For(backOff.failed(Optional.empty()));
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                switch (stepWhateverComes()) {
                    case Rest.None() -> {}
                    case Rest.UntilNews() -> news.acquire();
                    case Rest.UntilNewsOr(Duration time) -> {
                        boolean unused = news.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
                    }
                    case Rest.For(Duration time) -> {
                        boolean unused = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
                    }
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
