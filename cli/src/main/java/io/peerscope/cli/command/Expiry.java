package io.peerscope.cli.command;

import io.peerscope.cli.Failure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --expires}: until when a token is valid. */
final class Expiry {
    private static final String FORM = "It is a number of days, such as 90d, or a time, such as 2027-01-31T00:00:00Z.";

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "After so many days (90d), or at a time (2027-01-31T00:00:00Z); otherwise never")
    private @Nullable String when;

    /** As the API takes it. */
    Map<String, Object> field(InstantSource clock) {
        return when == null ? Map.of() : Map.of("expires_at", read(when, clock));
    }

    static String read(String text, InstantSource clock) {
        try {
            return text.endsWith("d")
                    ? clock.instant()
                            .plus(Duration.ofDays(Integer.parseUnsignedInt(text.substring(0, text.length() - 1))))
                            .toString()
                    : Instant.parse(text).toString();
        } catch (DateTimeException | NumberFormatException e) {
            throw Failure.usage("--expires " + text, FORM);
        }
    }
}
