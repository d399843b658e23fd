package io.peerscope.benchmarks;

import io.peerscope.benchmarks.measure.Watched;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Recordings of all JVMs that are measured, except this one. */
record Recordings(List<Recording> all) implements AutoCloseable {

    static Recordings none() {
        return new Recordings(List.of());
    }

    /** @param prefix of the files; followed by the program's name */
    static Recordings start(List<Watched> programs, Path prefix) throws IOException, InterruptedException {
        List<Recording> started = new ArrayList<>();
        for (Watched program : programs) {
            if (!program.family()
                    && program.process().pid() != ProcessHandle.current().pid()) {
                Path file = prefix.resolveSibling(prefix.getFileName() + "-" + program.name() + ".jfr");
                started.add(Recording.start(program.process(), file));
            }
        }
        return new Recordings(started);
    }

    @Override
    public void close() throws IOException {
        for (Recording recording : all) {
            recording.close();
        }
    }
}
