package io.peerscope.benchmarks.measure;

/** Facts without which numbers say nothing. */
public record Machine(
        String processor, int cores, long memoryBytes, String kernel, String jdk, String loadAverageBefore) {

    public static Machine here() {
        ProcFs proc = ProcFs.ofThisMachine();
        return new Machine(
                proc.processor(),
                Runtime.getRuntime().availableProcessors(),
                proc.memoryBytes(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                proc.loadAverage());
    }
}
