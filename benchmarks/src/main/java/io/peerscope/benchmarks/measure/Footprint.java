package io.peerscope.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a JVM at one moment, in bytes.
 *
 * @param liveHeap what a full collection leaves
 * @param resident in RAM, after that collection
 * @param sockets that the kernel holds for TCP, of the whole machine; nobody else's limit counts it
 */
public record Footprint(long liveHeap, long resident, long sockets) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /** Makes the JVM collect first. */
    public static Footprint of(ProcessHandle jvm) {
        long heap = liveBytes(histogram(jvm));
        ProcFs proc = ProcFs.ofThisMachine();
        return new Footprint(heap, proc.residentBytes(jvm.pid()), proc.socketBytes());
    }

    /** Bytes that the kernel holds for TCP connections at this moment. */
    public static long socketBytes() {
        return ProcFs.ofThisMachine().socketBytes();
    }

    /** @return 0 where the histogram has no total */
    static long liveBytes(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        return total.find() ? Long.parseLong(total.group(1)) : 0;
    }

    private static String histogram(ProcessHandle jvm) {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process jcmd = new ProcessBuilder(program.toString(), Long.toString(jvm.pid()), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("jcmd cannot be run", e);
        }
    }
}
