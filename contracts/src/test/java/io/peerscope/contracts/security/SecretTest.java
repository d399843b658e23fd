package io.peerscope.contracts.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.peerscope.contracts.Samples;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    private static final String ID = "0123456789abcdef";
    private static final String VALUE = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @Test
    void hasAConstantShape() {
        Secret secret = Secret.random(new SecureRandom());
        assertThat(secret.text()).matches("ps_[0-9a-f]{16}_[0-9a-f]{64}");
        assertThat(Secret.parse(secret.text())).contains(secret);
        assertThat(Secret.random(new SecureRandom())).isNotEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ps_",
                "ps_" + ID + "_",
                "ps_" + ID + "_" + VALUE + "0",
                "ps_" + ID + "_" + VALUE + " ",
                " ps_" + ID + "_" + VALUE,
                "pt_" + ID + "_" + VALUE,
                "PS_" + ID + "_" + VALUE,
                "ps_" + ID + "-" + VALUE,
                "ps_0123456789ABCDEF_" + VALUE,
                "ps_0123456789abcde\n_" + VALUE,
                "ps_" + ID + "_0011223344556677889_aabbccddeeff00112233445566778899aabbccddeefx",
                "ps_" + ID + "_é0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
            })
    void parseRefuses(String text) {
        assertThat(Secret.parse(text)).isEmpty();
    }

    @Test
    void opensItsCredentialOnly() {
        Secret secret = new Secret(ID, VALUE);
        assertThat(secret.hash()).isEqualTo("2a8abfa8cb9906290437854193ca6bca41d4d4e26d1d454bd66a35158095e737");
        assertThat(secret.opens(credential(secret.hash()))).isTrue();
        assertThat(new Secret(ID, VALUE.replace("00", "01")).opens(credential(secret.hash())))
                .isFalse();
        assertThat(secret.opens(credential(""))).isFalse();
    }

    @Test
    void staysOutOfLogs() {
        assertThat(new Secret(ID, VALUE).toString()).contains(ID).doesNotContain(VALUE.substring(0, 8));
        assertThat(Samples.channel().toString()).doesNotContain("whsec_").doesNotContain("https://");
        assertThat(Samples.outboxMessage().toString()).doesNotContain("whsec_");
    }

    @Test
    void useIsAWord() {
        assertThat(Credential.Use.of("session")).isEqualTo(Credential.Use.SESSION);
        assertThatIllegalArgumentException().isThrownBy(() -> Credential.Use.of("TOKEN"));
    }

    private static Credential credential(String hash) {
        return new Credential(ID, Credential.Use.TOKEN, Role.HOST, "h1", hash, Instant.EPOCH, null);
    }
}
