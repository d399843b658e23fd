package io.peerscope.foundation.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
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
        refused(false, "https://127.0.0.1/", "private-targets");
        refused(false, "http://127.0.0.1:9/", "private-targets");
        assertThat(resolve(true, "http://127.0.0.1:9/").isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "[::ffff:169.254.169.254]",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "100.100.100.200",
                "224.0.0.1"
            })
    void where_clouds_keep_their_secrets_nothing_goes_ever(String host) {
        refused(true, "http://" + host + "/latest/meta-data", "no targets");
        refused(false, "https://" + host + "/latest/meta-data", "private-targets");
    }

    @Test
    void outside_one_s_own_network_messages_go_by_https_to_some_ports_only() throws Exception {
        for (boolean privateAllowed : new boolean[] {true, false}) {
            refused(privateAllowed, "http://192.0.2.1/hook", "https");
            refused(privateAllowed, "http://192.0.2.1:443/hook", "https");
            refused(privateAllowed, "https://192.0.2.1:22/hook", "peerscope.notify.ports");
            assertThat(resolve(privateAllowed, "https://192.0.2.1/hook").getHostAddress())
                    .isEqualTo("192.0.2.1");
            resolve(privateAllowed, "https://192.0.2.1:8443/hook");
        }
    }

    @Test
    void a_name_that_nobody_knows_is_judged_by_what_can_be_seen() {
        refused(false, "http://hook.invalid/", "https");
        refused(false, "https://hook.invalid:22/", "peerscope.notify.ports");
        refused(false, "https://discord.com.evil.invalid/", "discord.com", "discord.com");
        assertThatThrownBy(() -> resolve(false, "https://hook.invalid/")).isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> resolve(true, "http://hook.invalid:9/")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_domain_is_itself_and_what_is_below_it() {
        List<String> discord = List.of("discord.com");
        assertThat(TargetAddress.isWithin(discord, "Discord.com")).isTrue();
        assertThat(TargetAddress.isWithin(discord, "canary.discord.com")).isTrue();
        assertThat(TargetAddress.isWithin(discord, "discord.com.evil.org")).isFalse();
        assertThat(TargetAddress.isWithin(discord, "evildiscord.com")).isFalse();
        assertThat(TargetAddress.isWithin(List.of(), "anybody.org")).isTrue();
    }

    private static void refused(boolean privateAllowed, String url, String why, String... domains) {
        assertThatThrownBy(() -> resolve(privateAllowed, url, domains))
                .isInstanceOf(TargetAddress.ForbiddenException.class)
                .hasMessageContaining(why);
    }

    private static InetAddress resolve(boolean privateAllowed, String url, String... domains) throws Exception {
        try (TargetAddress addresses = new TargetAddress(privateAllowed, List.of(443, 8443))) {
            return addresses.resolve(TargetUrl.parse(url), List.of(domains));
        }
    }
}
