package io.peerscope.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
    private final OriginPolicy policy = new OriginPolicy(List.of("https://ops.example.org"));

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "http://dash.example.org:8080,   dash.example.org:8080, true",
        "http://DASH.example.org:8080,   dash.example.org:8080, true",
        "https://dash.example.org,       dash.example.org,      true",
        "https://dash.example.org,       dash.example.org:443,  true",
        "http://127.0.0.1:8080,          127.0.0.1:8080,        true",
        "http://[::1]:8080,              [::1]:8080,            true",
        "https://ops.example.org,        dash.example.org:8080, true",
        "http://ops.example.org,         dash.example.org:8080, false",
        "http://dash.example.org:8081,   dash.example.org:8080, false",
        "http://dash.example.org,        dash.example.org:8080, false",
        "http://evil.example.org,        dash.example.org:8080, false",
        "http://dash.example.org.evil.org:8080, dash.example.org:8080, false",
        "http://sub.dash.example.org:8080, dash.example.org:8080, false",
        "http://dash.example.org:8080@evil.org, dash.example.org:8080, false",
        "http://dash.example.org:8080/x, dash.example.org:8080, false",
        "file://dash.example.org,        dash.example.org:8080, false",
        "null,                           dash.example.org:8080, false",
        "%%%,                            dash.example.org:8080, false",
    })
    void originDecides(String origin, String authority, boolean admitted) {
        assertThat(policy.admits(Optional.of(origin), authority, true)).isEqualTo(admitted);
        assertThat(policy.admits(Optional.of(origin), authority, false)).isEqualTo(admitted);
    }

    @Test
    void onlyProgramsMayComeWithoutOrigin() {
        assertThat(policy.admits(Optional.empty(), "dash.example.org", false)).isTrue();
        assertThat(policy.admits(Optional.empty(), "dash.example.org", true)).isFalse();
    }

    @Test
    void wrongConfigurationIsNamed() {
        assertThatThrownBy(() -> new OriginPolicy(List.of("ops.example.org")))
                .hasMessageContaining("peerscope.gateway.allowed-origins")
                .hasMessageContaining("ops.example.org");
    }
}
