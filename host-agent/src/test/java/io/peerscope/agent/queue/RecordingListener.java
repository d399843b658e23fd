package io.peerscope.agent.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it hears. */
public final class RecordingListener implements QueueListener {
    public final List<String> heard = new ArrayList<>();

    @Override
    public void dropped(long reports) {
        heard.add("dropped " + reports);
    }

    @Override
    public void unwritable(Path folder, IOException cause) {
        heard.add("unwritable");
    }

    @Override
    public void unreadable(Path file, String damage) {
        heard.add("unreadable: " + damage);
    }
}
