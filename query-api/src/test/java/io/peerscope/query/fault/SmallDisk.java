package io.peerscope.query.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes that can be filled. Making one takes the right to mount; the test is left out without. */
final class SmallDisk implements AutoCloseable {
    private static final int MEGABYTES = 24;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk mount(int owner) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("peerscope-disk");
        int failed = run(List.of(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=%dm,mode=0700,uid=%d".formatted(MEGABYTES, owner),
                "tmpfs",
                folder.toString()));
        Assumptions.assumeTrue(failed == 0, "no right to mount a small disk");
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    void fill() throws IOException {
        byte[] piece = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                filler.write(piece);
            }
        } catch (IOException full) {
            if (!Files.exists(folder.resolve("filler"))) {
                throw full;
            }
        }
    }

    void free() throws IOException {
        Files.delete(folder.resolve("filler"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run(List.of("umount", "-l", folder.toString()));
        Files.deleteIfExists(folder);
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            return -1;
        }
    }
}
