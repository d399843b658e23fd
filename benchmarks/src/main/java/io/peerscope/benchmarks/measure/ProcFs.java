package io.peerscope.benchmarks.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/** What Linux tells about processes and itself in {@code /proc}. Elsewhere everything is empty or zero. */
final class ProcFs {
    /** Clock ticks a second of everything in {@code stat}: 100 on every architecture that runs Java. */
    private static final double TICKS = 100;

    /** Fields of {@code /proc/<pid>/stat} after the name: utime is the twelfth; stime, cutime and cstime follow. */
    private static final int UTIME = 11;

    private static final long PAGE = 4096;

    private final Path root;

    ProcFs(Path root) {
        this.root = root;
    }

    static ProcFs ofThisMachine() {
        return new ProcFs(Path.of("/proc"));
    }

    /**
     * @param own of the process itself, in seconds
     * @param reaped of its children that have ended
     */
    record CpuTime(double own, double reaped) {}

    Optional<CpuTime> cpuTime(long pid) {
        return read(pid + "/stat").map(ProcFs::cpuTime);
    }

    /** The name, in brackets, may hold anything; so fields are counted from its end. */
    static CpuTime cpuTime(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new CpuTime(
                (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS,
                (Long.parseLong(fields[UTIME + 2]) + Long.parseLong(fields[UTIME + 3])) / TICKS);
    }

    /**
     * Proportional set size: memory in RAM, where what several processes share counts a part for each, so that sums over
     * PostgreSQL's processes are right. 0 where it is not told to us.
     */
    long residentBytes(long pid) {
        return read(pid + "/smaps_rollup").map(text -> kibibytes(text, "Pss:")).orElse(0L);
    }

    /** Seconds that the machine's processors were busy since its start, and seconds that the hypervisor took away. */
    record MachineTime(double busy, double stolen) {}

    MachineTime machineTime() {
        return read("stat").map(ProcFs::machineTime).orElse(new MachineTime(0, 0));
    }

    static MachineTime machineTime(String stat) {
        String[] fields = stat.lines().findFirst().orElse("").split(" +", -1);
        double[] seconds = new double[9];
        for (int i = 1; i < seconds.length && i < fields.length; i++) {
            seconds[i] = Long.parseLong(fields[i]) / TICKS;
        }
        // user, nice, system, idle, waiting, interrupts, soft interrupts, stolen
        return new MachineTime(seconds[1] + seconds[2] + seconds[3] + seconds[6] + seconds[7], seconds[8]);
    }

    long memoryBytes() {
        return read("meminfo").map(text -> kibibytes(text, "MemTotal:")).orElse(0L);
    }

    /** Held by the kernel for what TCP connections have yet to send or to read. */
    long socketBytes() {
        return read("net/sockstat").map(ProcFs::socketBytes).orElse(0L);
    }

    static long socketBytes(String sockstat) {
        return sockstat.lines()
                .filter(line -> line.startsWith("TCP:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) * PAGE)
                .sum();
    }

    String loadAverage() {
        return read("loadavg").map(String::strip).orElse("");
    }

    String processor() {
        return read("cpuinfo").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static long kibibytes(String text, String name) {
        List<String> found = text.lines().filter(line -> line.startsWith(name)).toList();
        if (found.isEmpty()) {
            return 0;
        }
        StringTokenizer words = new StringTokenizer(found.getFirst().substring(name.length()));
        return Long.parseLong(words.nextToken()) * 1024;
    }

    /** Empty where it cannot be read, as when the process has just ended. */
    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
