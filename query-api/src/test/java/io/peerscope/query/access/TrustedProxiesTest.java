package io.peerscope.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies = new TrustedProxies(List.of("127.0.0.1", "10.0.0.0/8", "fd00::/8"));

    @Test
    void nobodyIsBelievedUnlessTrusted() {
        assertThat(new TrustedProxies(List.of()).client("127.0.0.1", List.of("203.0.113.7")))
                .isEqualTo("127.0.0.1");
        assertThat(proxies.client("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | 203.0.113.7 | 203.0.113.7",
                "127.0.0.1 | 198.51.100.1, 203.0.113.7 | 203.0.113.7",
                "10.1.2.3 | 203.0.113.7, 10.9.9.9 | 203.0.113.7",
                "10.1.2.3 | 203.0.113.7; 10.9.9.9 | 10.1.2.3",
                "127.0.0.1 | evil.example | 127.0.0.1",
                "127.0.0.1 | 10.0.0.1 | 10.0.0.1",
                "fd12::1 | 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "fd12::1 | 2001:DB8:0::7 | 2001:db8:0:0:0:0:0:7",
                "127.0.0.1 | ::ffff:203.0.113.7 | 203.0.113.7",
                "127.0.0.1 | 999.1.1.1 | 127.0.0.1",
            })
    void theNearestAddressThatIsNoProxyCounts(String peer, String forwardedFor, String client) {
        assertThat(proxies.client(peer, List.of(forwardedFor))).isEqualTo(client);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(proxies.client("127.0.0.1", Arrays.asList("198.51.100.1", "203.0.113.7", "10.0.0.5")))
                .isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::1/129", "", "10.0.0"})
    void whatIsNoAddressIsNamed(String wrong) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peerscope.query.trusted-proxies")
                .hasMessageEndingWith("was " + wrong);
    }
}
