package io.peerscope.agent.collect;

import java.util.List;

/**
 * Tells by their names which disks and network interfaces are real. What passes a bridge, a tunnel or a logical volume
 * passes a real one too, and would be counted twice.
 */
final class Wires {
    private static final List<String> VIRTUAL_INTERFACES = List.of(
            "lo",
            "veth",
            "docker",
            "br-",
            "bridge",
            "virbr",
            "vnet",
            "cni",
            "flannel",
            "cali",
            "lxc",
            "tun",
            "utun",
            "tap",
            "wg",
            "zt",
            "tailscale",
            "bond",
            "dummy",
            "ifb");
    private static final List<String> VIRTUAL_DISKS = List.of("dm-", "md", "loop", "zram", "ram");

    private Wires() {}

    static boolean realInterface(String name) {
        // eth0.100 is a VLAN upon eth0
        return VIRTUAL_INTERFACES.stream().noneMatch(name::startsWith) && name.indexOf('.') < 0;
    }

    /** @param name with or without {@code /dev/} */
    static boolean realDisk(String name) {
        String plain = name.startsWith("/dev/") ? name.substring("/dev/".length()) : name;
        return VIRTUAL_DISKS.stream().noneMatch(plain::startsWith);
    }
}
