package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import java.nio.file.Path;

/** Data folders of the stories, below {@code target}: left there for a look after a failure, gone at the next start. */
final class StoryData {
    private StoryData() {}

    /** A folder with nothing in it. */
    static Path fresh(String story) {
        Path folder = Path.of("target", "data", story).toAbsolutePath();
        PeerscopeProcess.deleteData(folder);
        return folder;
    }
}
