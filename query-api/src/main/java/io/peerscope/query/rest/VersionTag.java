package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The version of something people change, as an entity tag (RFC 9110), held against the ones that a caller names. */
record VersionTag(long version) {
    @Override
    public String toString() {
        return "\"" + version + "\"";
    }

    /** Whether the caller has it already. Compared weakly, as If-None-Match is. */
    boolean isKnown(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && tags(ifNoneMatch)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(toString()) || tag.equals("W/" + this));
    }

    /**
     * Refuses a change of something else than the caller has read.
     *
     * @param ifMatch null: whatever there is
     * @param what is changed, such as {@code the rule cpu_usage}
     */
    void require(@Nullable String ifMatch, String what) {
        if (ifMatch != null && tags(ifMatch).noneMatch(tag -> tag.equals("*") || tag.equals(toString()))) {
            throw new ProblemException(
                    ErrorCode.PRECONDITION_FAILED,
                    "%s is at version %d, with the ETag %s, which If-Match does not name: somebody changed it since you read it."
                                    .formatted(what, version, this)
                            + " Read it again, apply your change to that, and send it with its ETag");
        }
    }

    private static Stream<String> tags(String header) {
        return Arrays.stream(header.split(",")).map(String::strip);
    }
}
