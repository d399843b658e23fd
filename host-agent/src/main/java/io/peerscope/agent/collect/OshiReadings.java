package io.peerscope.agent.collect;

import io.peerscope.agent.collect.Reading.Census;
import io.peerscope.agent.collect.Reading.Cpu;
import io.peerscope.agent.collect.Reading.Load;
import io.peerscope.agent.collect.Reading.Memory;
import io.peerscope.agent.collect.Reading.Swap;
import io.peerscope.agent.collect.Reading.Transfer;
import io.peerscope.agent.collect.Reading.Volume;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.hardware.VirtualMemory;
import oshi.software.os.OSFileStore;
import oshi.software.os.OperatingSystem;

/** This machine, by OSHI. A reading takes a few milliseconds. */
public final class OshiReadings implements Readings {
    /** Images that are full by nature. */
    private static final Set<String> READ_ONLY_TYPES = Set.of("squashfs", "iso9660", "erofs", "udf", "cramfs");

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Selection selection;
    private final HardwareAbstractionLayer hardware;
    private final OperatingSystem system;

    public OshiReadings(Selection selection, InstantSource clock, LongSupplier nanos) {
        SystemInfo info = new SystemInfo();
        this.selection = selection;
        this.clock = clock;
        this.nanos = nanos;
        this.hardware = info.getHardware();
        this.system = info.getOperatingSystem();
    }

    @Override
    public Reading take() {
        return new Reading(
                clock.millis(),
                nanos.getAsLong(),
                wanted(Group.CPU, this::cpu),
                wanted(Group.LOAD, this::load),
                wanted(Group.MEMORY, this::memory),
                wanted(Group.SWAP, this::swap),
                selection.has(Group.DISK) ? volumes() : List.of(),
                wanted(Group.DISK_IO, this::disk),
                wanted(Group.NETWORK_IO, this::network),
                wanted(Group.SYSTEM, this::system));
    }

    private <T> @Nullable T wanted(Group group, Supplier<? extends @Nullable T> measured) {
        return selection.has(group) ? measured.get() : null;
    }

    private Cpu cpu() {
        CentralProcessor processor = hardware.getProcessor();
        long[] ticks = processor.getSystemCpuLoadTicks();
        long total = 0;
        for (long ofType : ticks) {
            total += ofType;
        }
        long idle = ticks[TickType.IDLE.getIndex()] + ticks[TickType.IOWAIT.getIndex()];
        return new Cpu(processor.getLogicalProcessorCount(), total - idle, total);
    }

    /** OSHI says a negative number where the system has none. */
    private @Nullable Load load() {
        double[] load = hardware.getProcessor().getSystemLoadAverage(3);
        return load[0] < 0 || load[1] < 0 || load[2] < 0 ? null : new Load(load[0], load[1], load[2]);
    }

    private Memory memory() {
        GlobalMemory memory = hardware.getMemory();
        return new Memory(memory.getTotal(), memory.getAvailable());
    }

    private Swap swap() {
        VirtualMemory virtual = hardware.getMemory().getVirtualMemory();
        return new Swap(virtual.getSwapTotal(), virtual.getSwapUsed());
    }

    private Census system() {
        return new Census(system.getSystemUptime(), system.getProcessCount(), system.getThreadCount());
    }

    private List<Volume> volumes() {
        Map<String, Volume> byDevice = new HashMap<>();
        for (OSFileStore store : system.getFileSystem().getFileStores(true)) {
            if (writable(store) && selection.takesMount(store.getMount()) && store.getTotalSpace() > 0) {
                byDevice.putIfAbsent(
                        store.getVolume(),
                        new Volume(store.getTotalSpace(), store.getFreeSpace(), store.getUsableSpace()));
            }
        }
        return List.copyOf(byDevice.values());
    }

    private static boolean writable(OSFileStore store) {
        return !READ_ONLY_TYPES.contains(store.getType())
                && !List.of(store.getOptions().split(",")).contains("ro");
    }

    private @Nullable Transfer disk() {
        List<HWDiskStore> disks = hardware.getDiskStores().stream()
                .filter(disk -> selection.takesDisk(disk.getName()))
                .toList();
        return disks.isEmpty()
                ? null
                : new Transfer(
                        disks.stream().mapToLong(HWDiskStore::getReadBytes).sum(),
                        disks.stream().mapToLong(HWDiskStore::getWriteBytes).sum());
    }

    private @Nullable Transfer network() {
        List<NetworkIF> interfaces = hardware.getNetworkIFs().stream()
                .filter(network -> selection.takesInterface(network.getName()))
                .toList();
        return interfaces.isEmpty()
                ? null
                : new Transfer(
                        interfaces.stream().mapToLong(NetworkIF::getBytesRecv).sum(),
                        interfaces.stream().mapToLong(NetworkIF::getBytesSent).sum());
    }
}
