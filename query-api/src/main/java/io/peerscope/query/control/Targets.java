package io.peerscope.query.control;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which addresses a channel may have. A first judgement, for the person who writes it down; whoever sends judges again,
 * since names change their mind.
 */
public final class Targets {
    private final boolean privateAllowed;

    public Targets(boolean privateAllowed) {
        this.privateAllowed = privateAllowed;
    }

    /** What is wrong with the address; empty where nothing is. */
    public Optional<String> fault(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            return Optional.of("is not a URL");
        }
        String scheme = uri.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme) || uri.getHost() == null || uri.getUserInfo() != null) {
            return Optional.of("must be an http or https URL with a host and without user and password");
        }
        try {
            boolean isPrivate =
                    Arrays.stream(InetAddress.getAllByName(uri.getHost())).anyMatch(Targets::isPrivate);
            return isPrivate && !privateAllowed
                    ? Optional.of(
                            "points into a private network, which peerscope.notify.private-targets does not allow")
                    : Optional.empty();
        } catch (UnknownHostException e) {
            // The name may come to exist, or exist only where messages are sent from.
            return Optional.empty();
        }
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] octets = address.getAddress();
        int first = octets[0] & 0xff;
        int second = octets[1] & 0xff;
        boolean shared = octets.length == 4 && first == 100 && second >= 64 && second < 128;
        boolean uniqueLocal = octets.length == 16 && (first & 0xfe) == 0xfc;
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || shared
                || uniqueLocal
                || octets.length == 4 && (first == 0 || first >= 240);
    }
}
