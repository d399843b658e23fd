package io.peerscope.foundation.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "192.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "::127.0.0.1"
            })
    void addresses_of_ones_own_network_are_private(String address) throws UnknownHostException {
        assertThat(TargetAddress.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2606:4700::1111"})
    void others_are_not(String address) throws UnknownHostException {
        assertThat(TargetAddress.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void a_private_target_is_refused_unless_allowed() throws Exception {
        assertThatThrownBy(() -> new TargetAddress(false).resolve("127.0.0.1"))
                .isInstanceOf(TargetAddress.ForbiddenException.class)
                .hasMessageContaining("private-targets");
        assertThat(new TargetAddress(true).resolve("127.0.0.1").isLoopbackAddress())
                .isTrue();
    }
}
