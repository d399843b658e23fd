package io.peerscope.benchmarks.measure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Measures what programs use from its start until it is read. */
public final class Meter implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final ProcFs proc = ProcFs.ofThisMachine();
    private final List<Watched> programs;
    private final Map<String, Double> cpuBefore = new LinkedHashMap<>();
    private final Map<String, Long> peaks = new LinkedHashMap<>();
    private final ProcFs.MachineTime machineBefore;
    private final FirstFailure failure = new FirstFailure();
    private final long begin = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("meter").factory());

    private Meter(List<Watched> programs) {
        this.programs = programs;
        programs.forEach(program -> cpuBefore.put(program.name(), program.cpuSeconds(proc)));
        this.machineBefore = proc.machineTime();
    }

    public static Meter start(List<Watched> programs) {
        Meter meter = new Meter(programs);
        meter.timer.scheduleAtFixedRate(meter.failure.of(meter::look), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return meter;
    }

    private synchronized void look() {
        programs.forEach(program -> peaks.merge(program.name(), program.residentBytes(proc), Math::max));
    }

    /**
     * So far.
     *
     * @throws IllegalStateException where it could not be looked at all the time
     */
    public synchronized Usage read() {
        failure.check();
        look();
        Map<String, Usage.Program> used = new LinkedHashMap<>();
        programs.forEach(program -> used.put(
                program.name(),
                new Usage.Program(
                        program.cpuSeconds(proc) - cpuBefore.getOrDefault(program.name(), 0.0),
                        peaks.getOrDefault(program.name(), 0L))));
        ProcFs.MachineTime machine = proc.machineTime();
        return Usage.of(
                (System.nanoTime() - begin) / 1e9,
                used,
                machine.busy() - machineBefore.busy(),
                machine.stolen() - machineBefore.stolen());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
