package io.peerscope.agent.send;

import io.peerscope.agent.queue.Parcel;

/** Where reports are handed in. */
public interface Door {
    Answer post(Parcel parcel) throws InterruptedException;

    /** Asks what the server holds of this host. */
    Newest newest() throws InterruptedException;
}
