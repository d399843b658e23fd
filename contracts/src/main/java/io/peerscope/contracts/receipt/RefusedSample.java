package io.peerscope.contracts.receipt;

import org.jspecify.annotations.Nullable;

/**
 * A sample that was refused, for whoever looks for what is missing. Text of strangers: short, printable, without secrets.
 *
 * @param name of the field, "" where what was wrong has none
 * @param value as a number's text; null where there was none
 * @param timestamp of the host's clock, epoch milliseconds; null where it gave none that can be read
 * @param code of {@link io.peerscope.contracts.problem.ErrorCode}
 */
public record RefusedSample(
        String kind,
        String name,
        @Nullable String value,
        @Nullable Long timestamp,
        String code,
        String detail) {}
