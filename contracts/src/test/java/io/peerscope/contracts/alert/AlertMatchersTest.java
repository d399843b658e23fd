package io.peerscope.contracts.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertMatchersTest {
    @ParameterizedTest
    @CsvSource({
        "h*, h1, true",
        "h*, g1, false",
        "*, anything, true",
        "eu-*-7, eu-nova-7, true",
        "eu-*-7, eu-nova-17, false",
        "h1, h1, true",
        "h1, h11, false",
        "'', '', true",
        "*a*a*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false"
    })
    void a_star_stands_for_any_text(String pattern, String text, boolean matches) {
        assertThat(AlertMatchers.glob(pattern, text)).isEqualTo(matches);
    }
}
