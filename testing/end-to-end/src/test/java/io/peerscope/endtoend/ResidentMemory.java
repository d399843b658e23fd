package io.peerscope.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Physical memory of a process, bytes, as the kernel counts it. */
final class ResidentMemory {
    private ResidentMemory() {}

    static long now(ProcessHandle program) throws IOException {
        return kibibytes(program, "VmRSS:") << 10;
    }

    /** The most that it ever had. */
    static long most(ProcessHandle program) throws IOException {
        return kibibytes(program, "VmHWM:") << 10;
    }

    private static long kibibytes(ProcessHandle program, String field) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(program.pid()), "status"))) {
            String line =
                    lines.filter(text -> text.startsWith(field)).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", ""));
        }
    }
}
