package io.peerscope.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param cure what to do about it; empty where nothing needs doing
 */
public record Step(
        String name,
        Verdict verdict,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String cure,
        long millis) {

    /** What was found. */
    public enum Verdict {
        OK,
        /** It works, but somebody should know. */
        WARNING,
        FAILED,
        /** It could not be looked at, or nobody asked for it. */
        SKIPPED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A step without its name and time. */
    public record Finding(Verdict verdict, String detail, String cure) {
        public static Finding ok(String detail) {
            return new Finding(Verdict.OK, detail, "");
        }

        public static Finding warning(String detail, String cure) {
            return new Finding(Verdict.WARNING, detail, cure);
        }

        public static Finding failed(String detail, String cure) {
            return new Finding(Verdict.FAILED, detail, cure);
        }

        public static Finding skipped(String detail) {
            return new Finding(Verdict.SKIPPED, detail, "");
        }
    }
}
