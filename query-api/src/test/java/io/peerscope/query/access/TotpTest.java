package io.peerscope.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {
    /** That of the RFC, "12345678901234567890". */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private final Totp totp = new Totp();

    /** RFC 6238, appendix B, for SHA-1; the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheRfc(long seconds, String code) {
        assertThat(totp.step(SECRET, code, Instant.ofEpochSecond(seconds))).hasValue(seconds / 30);
    }

    @ParameterizedTest
    @CsvSource({"-31, false", "-30, true", "0, true", "29, true", "30, true", "59, true", "60, false"})
    void aClockMayBeAStepOff(int off, boolean known) {
        Instant start = Instant.ofEpochSecond(1_763_719_200);
        String code = totp.code(SECRET, start.getEpochSecond() / 30);
        assertThat(totp.step(SECRET, code, start.plusSeconds(off)).isPresent()).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "28708", "0287082", "287083", "２８７０８２", "287082\n", "-28708"})
    void whatIsNoCodeIsNone(String code) {
        assertThat(totp.step(SECRET, code, Instant.ofEpochSecond(59))).isEmpty();
    }

    @Test
    void theAddressIsWhatAppsRead() {
        String secret = Totp.newSecret(new SecureRandom());
        assertThat(secret).matches("[A-Z2-7]{32}");
        URI uri = URI.create(Totp.uri("ann@a.example", secret));
        assertThat(uri.getScheme()).isEqualTo("otpauth");
        assertThat(uri.getPath()).isEqualTo("/Peerscope:ann@a.example");
        assertThat(uri.getQuery())
                .isEqualTo("secret=" + secret + "&issuer=Peerscope&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void recoveryCodesAreAsTheyAreTyped() {
        List<String> codes = RecoveryCodes.make(new SecureRandom());
        assertThat(codes).hasSize(10).doesNotHaveDuplicates().allMatch(code -> code.matches("([a-z2-7]{6}-?){4}"));
        String code = codes.getFirst();
        assertThat(RecoveryCodes.hash(" " + code.toUpperCase(Locale.ROOT).replace("-", " ")))
                .isEqualTo(RecoveryCodes.hash(code))
                .isNotEqualTo(RecoveryCodes.hash(codes.getLast()));
    }

    /** The three corners by which a reader finds a code. */
    @Test
    void thePictureHasItsCorners() {
        QrPicture picture = QrPicture.of(Totp.uri("ann", SECRET));
        int far = picture.size() - 7;
        assertThat(picture.path())
                .contains("M0 0h7v1h-7z", "M%d 0h7v1h-7z".formatted(far), "M0 %dh7v1h-7z".formatted(far));
    }
}
