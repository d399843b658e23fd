package io.peerscope.agent.collect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is measured and told.
 *
 * @param mounts file systems, by where they are mounted
 * @param disks block devices, by name without {@code /dev/}
 * @param interfaces network interfaces, by name
 * @param fields single fields, by their names in the metric catalogue
 */
public record Selection(
        Set<Group> groups, NameFilter mounts, NameFilter disks, NameFilter interfaces, NameFilter fields) {
    public static Selection everything() {
        NameFilter all = NameFilter.all();
        return new Selection(Set.of(Group.values()), all, all, all, all);
    }

    public boolean has(Group group) {
        return groups.contains(group);
    }

    boolean takesMount(String mount) {
        return mounts.takes(mount);
    }

    boolean takesDisk(String device) {
        String name = device.startsWith("/dev/") ? device.substring("/dev/".length()) : device;
        return disks.takes(name) && (disks.named(name) || Wires.realDisk(name));
    }

    boolean takesInterface(String name) {
        return interfaces.takes(name) && (interfaces.named(name) || Wires.realInterface(name));
    }

    public Map<String, Double> told(Map<String, Double> measured) {
        Map<String, Double> told = new LinkedHashMap<>(measured);
        told.keySet().removeIf(name -> !fields.takes(name));
        return told;
    }
}
