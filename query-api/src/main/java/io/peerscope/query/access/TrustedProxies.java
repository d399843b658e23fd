package io.peerscope.query.access;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From where a request comes. What a proxy says of that is believed only if the proxy is one of those that are trusted;
 * anybody else could claim to be somebody new with each request.
 */
public final class TrustedProxies {
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** The addresses that begin with the same bits. */
    private record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            int all = address.getAddress().length * 8;
            return other.getAddress().length * 8 == all
                    && number(address).xor(number(other)).shiftRight(all - bits).signum() == 0;
        }

        private static BigInteger number(InetAddress address) {
            return new BigInteger(1, address.getAddress());
        }
    }

    private final List<Network> trusted;

    /**
     * @param networks addresses such as {@code 10.0.0.7}, or networks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException naming the one that cannot be read
     */
    public TrustedProxies(List<String> networks) {
        this.trusted = networks.stream().map(TrustedProxies::network).toList();
    }

    /**
     * The nearest address that is no trusted proxy.
     *
     * @param peer who opened the connection
     * @param forwardedFor values of {@code X-Forwarded-For}, in order; each proxy appends whom it heard
     */
    public String client(String peer, List<String> forwardedFor) {
        List<String> hops = forwardedFor.stream()
                .flatMap(value -> Pattern.compile(",").splitAsStream(value))
                .map(String::strip)
                .toList();
        Optional<InetAddress> client = literal(peer);
        if (client.isEmpty()) {
            return peer;
        }
        InetAddress now = client.get();
        for (int i = hops.size() - 1; i >= 0 && isTrusted(now); i--) {
            Optional<InetAddress> before = literal(hops.get(i));
            if (before.isEmpty()) {
                break;
            }
            now = before.get();
        }
        return now.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
        int all = address.map(a -> a.getAddress().length * 8).orElse(0);
        int bits = slash < 0 ? all : bits(text.substring(slash + 1));
        if (address.isEmpty() || bits < 0 || bits > all) {
            throw new IllegalArgumentException(
                    "peerscope.query.trusted-proxies must be addresses or networks such as 10.0.0.0/8, was " + text);
        }
        return new Network(address.get(), bits);
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** Never a name: what a request says must not make us look it up. */
    private static Optional<InetAddress> literal(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
