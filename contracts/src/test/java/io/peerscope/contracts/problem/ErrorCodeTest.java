package io.peerscope.contracts.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
    /** The words of the HTTP contract; clients branch on them. */
    @ParameterizedTest
    @CsvSource({
        "bad_name,400",
        "bad_value,400",
        "bad_timestamp,400",
        "too_old,400",
        "too_new,400",
        "unknown_field,400",
        "unauthenticated,401",
        "second_factor_required,401",
        "forbidden,403",
        "host_mismatch,403",
        "not_found,404",
        "not_acceptable,406",
        "precondition_failed,412",
        "too_many_points,413",
        "body_too_large,413",
        "cardinality_exceeded,400",
        "quota_exceeded,429",
        "overloaded,503",
        "kafka_unavailable,503",
        "not_yet_consistent,503"
    })
    void keepsItsWordAndStatus(String word, int status) {
        assertThat(Arrays.stream(ErrorCode.values()).filter(code -> code.word().equals(word)))
                .singleElement()
                .extracting(ErrorCode::status)
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void isAnErrorWithATitle(ErrorCode code) {
        assertThat(code.status()).isIn(Set.of(400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 429, 500, 503));
        assertThat(code.title()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void aProblemSaysTheSameInAllItsFields() {
        Problem problem = Problem.of(ErrorCode.TOO_OLD, "three days");
        assertThat(problem)
                .isEqualTo(new Problem(
                        "urn:peerscope:problem:too_old",
                        "A timestamp is too far in the past",
                        400,
                        "three days",
                        "too_old",
                        java.util.List.of()));
    }
}
