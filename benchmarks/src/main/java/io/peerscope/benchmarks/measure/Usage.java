package io.peerscope.benchmarks.measure;

import java.util.Map;

/**
 * What programs used over a time.
 *
 * @param programs by name; the generator is one of them
 * @param otherCpuSeconds of everything else on the machine: what disturbed the measurement
 * @param stolenCpuSeconds taken away by the hypervisor
 */
public record Usage(double seconds, Map<String, Program> programs, double otherCpuSeconds, double stolenCpuSeconds) {
    /** The name of this process among the programs. */
    public static final String GENERATOR = "generator";

    /** @param peakBytes of memory in RAM; what is shared between processes counts in parts */
    public record Program(double cpuSeconds, long peakBytes) {}

    static Usage of(double seconds, Map<String, Program> programs, double machineBusy, double stolen) {
        double known =
                programs.values().stream().mapToDouble(Program::cpuSeconds).sum();
        // ticks are coarse, so a quiet machine may come out below zero
        return new Usage(seconds, programs, Math.max(0, machineBusy - known), stolen);
    }

    /** Whether anything but the generator was watched; of a foreign installation nothing is. */
    public boolean knowsServices() {
        return programs.size() > 1;
    }

    /** Of everything but the generator. */
    public double servingCpuSeconds() {
        return programs.entrySet().stream()
                .filter(program -> !program.getKey().equals(GENERATOR))
                .mapToDouble(program -> program.getValue().cpuSeconds())
                .sum();
    }
}
