package io.peerscope.foundation.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.org, true, example.org, 443, /",
        "HTTP://Example.org/a?b=c, false, Example.org, 80, /a?b=c",
        "http://my_host:8080/x, false, my_host, 8080, /x",
        "https://bücher.example/x, true, xn--bcher-kva.example, 443, /x",
        "http://[::1]:9/x, false, ::1, 9, /x",
        "http://[2001:db8::1], false, 2001:db8::1, 80, /",
        "https://example.org/a%20b#c, true, example.org, 443, /a%20b",
    })
    void an_address_is_taken_apart(String url, boolean tls, String host, int port, String path) {
        assertThat(TargetUrl.parse(url)).isEqualTo(new TargetUrl(tls, host, port, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org/hook",
                "ftp://example.org/",
                "s://example.org/",
                "ttp://example.org/",
                "http:/example.org",
                "http:example.org",
                "http:///hook",
                "http://user@example.org/",
                "http://public.example@127.0.0.1/",
                "http://a:b@example.org/",
                "http://example.org:0/",
                "http://example.org:65536/",
                "http://example.org:99999999/",
                "http://exa mple.org/",
                "http://exa\nmple.org/",
                "http://[::1/",
                "http://a..b/",
                "file:///etc/passwd",
            })
    void others_are_refused_without_repeating_them(String url) {
        assertThatThrownBy(() -> TargetUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the channel");
    }
}
