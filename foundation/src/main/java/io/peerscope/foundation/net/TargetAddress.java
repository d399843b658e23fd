package io.peerscope.foundation.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a message may go. The address that was judged is the one that is connected to, so a name that changes its mind in
 * between gains nothing.
 */
public final class TargetAddress implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Outside of link-local ranges: AWS by IPv6, Alibaba. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

    private final boolean privateAllowed;
    private final Set<Integer> ports;
    /** Looking up a name blocks in native code: on a virtual thread it would hold up other channels. */
    private final ExecutorService lookups = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("target-lookup-", 0).factory());

    /**
     * @param privateAllowed whether targets within one's own network are fine; they are for a private installation
     * @param ports to which messages may go elsewhere
     */
    public TargetAddress(boolean privateAllowed, Collection<Integer> ports) {
        this.privateAllowed = privateAllowed;
        this.ports = Set.copyOf(ports);
    }

    /** Refusal of a target; its message names the reason without saying what lies behind the address. */
    public static final class ForbiddenException extends Exception {
        private static final long serialVersionUID = 1L;

        ForbiddenException(String message) {
            super(message);
        }
    }

    /**
     * The address to connect to. Outside of private networks it is reached by TLS, at some ports only. Where private targets
     * are allowed, one of them may stand in for a service.
     *
     * @param domains the only ones, with everything below them; empty: any
     * @throws TimeoutException where the name is not resolved within 5 s
     */
    public InetAddress resolve(TargetUrl target, List<String> domains)
            throws UnknownHostException, ForbiddenException, TimeoutException, InterruptedException {
        InetAddress[] all;
        try {
            all = lookUp(target.host());
        } catch (UnknownHostException e) {
            if (!privateAllowed) {
                judgePublic(target, domains);
            }
            throw e;
        }
        if (!privateAllowed && Arrays.stream(all).anyMatch(TargetAddress::isPrivate)) {
            throw new ForbiddenException(
                    "targets in private networks are not allowed (peerscope.notify.private-targets decides)");
        }
        if (Arrays.stream(all).anyMatch(TargetAddress::isNever)) {
            throw new ForbiddenException(
                    "link-local addresses and those where clouds keep their secrets are no targets");
        }
        if (!isPrivate(all[0])) {
            judgePublic(target, domains);
        }
        return all[0];
    }

    private void judgePublic(TargetUrl target, List<String> domains) throws ForbiddenException {
        if (!isWithin(domains, target.host())) {
            throw new ForbiddenException("such a channel goes to " + String.join(" or ", domains) + " only");
        }
        if (!target.tls()) {
            throw new ForbiddenException("outside of private networks messages go by https only");
        }
        if (!ports.contains(target.port())) {
            throw new ForbiddenException(
                    "outside of private networks messages do not go to port %d (peerscope.notify.ports decides)"
                            .formatted(target.port()));
        }
    }

    /** @param domains with everything below them; empty: any */
    public static boolean isWithin(List<String> domains, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return domains.isEmpty()
                || domains.stream().anyMatch(domain -> name.equals(domain) || name.endsWith("." + domain));
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException, TimeoutException, InterruptedException {
        Future<InetAddress[]> found = lookups.submit(() -> InetAddress.getAllByName(host));
        try {
            return found.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            UnknownHostException unknown = new UnknownHostException(host);
            unknown.initCause(e.getCause());
            throw unknown;
        }
    }

    /** Where machines of a cloud read their credentials, and what no receiver has as its address. */
    private static boolean isNever(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(address.getHostAddress());
    }

    static boolean isPrivate(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] octets = address.getAddress();
        return switch (address) {
            case Inet4Address v4 -> isPrivate4(octets);
            case Inet6Address v6 -> isPrivate6(octets);
            default -> true;
        };
    }

    private static boolean isPrivate4(byte[] octets) {
        int first = octets[0] & 0xff;
        int second = octets[1] & 0xff;
        boolean carrierGradeNat = first == 100 && second >= 64 && second < 128;
        boolean benchmark = first == 198 && (second == 18 || second == 19);
        boolean protocolAssignments = first == 192 && second == 0 && octets[2] == 0;
        return first == 0 || first >= 240 || carrierGradeNat || benchmark || protocolAssignments;
    }

    private static boolean isPrivate6(byte[] octets) {
        boolean uniqueLocal = (octets[0] & 0xfe) == 0xfc;
        boolean nat64 = octets[0] == 0 && octets[1] == 0x64 && (octets[2] & 0xff) == 0xff && (octets[3] & 0xff) == 0x9b;
        boolean sixToFour = octets[0] == 0x20 && octets[1] == 0x02;
        boolean teredo = octets[0] == 0x20 && octets[1] == 0x01 && octets[2] == 0 && octets[3] == 0;
        boolean lowest = true;
        for (int i = 0; i < 10; i++) {
            lowest &= octets[i] == 0;
        }
        return uniqueLocal || nat64 || sixToFour || teredo || lowest;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
