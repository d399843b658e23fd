package io.peerscope.agent.queue;

import java.io.IOException;
import java.nio.file.Path;

/** Hears of what the queue could not keep. */
public interface QueueListener {
    /** The oldest went, so that newer ones have room. */
    void dropped(long reports);

    /** Reports are kept in memory until the folder can be written again. */
    void unwritable(Path folder, IOException cause);

    /** What had been kept is damaged. */
    void unreadable(Path file, String damage);
}
