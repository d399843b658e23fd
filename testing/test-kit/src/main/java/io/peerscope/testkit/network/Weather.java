package io.peerscope.testkit.network;

import java.time.Duration;

/** The fault of the moment, for many who wait for it to pass. */
final class Weather {
    private Fault fault = Fault.none(); // guarded by this

    synchronized Fault now() {
        return fault;
    }

    synchronized void become(Fault next) {
        fault = next;
        notifyAll();
    }

    /** Waits while it stalls. @return what it is then */
    synchronized Fault awaitMoving() throws InterruptedException {
        while (fault instanceof Fault.Stall) {
            wait();
        }
        return fault;
    }

    /** Waits so long, however the weather changes. */
    synchronized void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long left;
        while ((left = (end - System.nanoTime()) / 1_000_000) > 0) {
            wait(left);
        }
    }
}
