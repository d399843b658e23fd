package io.peerscope.query.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Under what tries of an address are counted: whoever has one IPv6 address has 2^64 of them. */
final class ClientNetwork {
    private static final int BYTES = 8;

    private ClientNetwork() {}

    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // with a colon it is never taken for a name
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(BYTES, bytes.length));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
