package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110: changes are held against strong tags, what is known already against weak ones. */
class VersionTagTest {
    private static final VersionTag TAG = new VersionTag(3);

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"\"3\"", "*", "\"2\", \"3\"", " \"3\" "})
    void aChangeOfWhatWasReadIsAllowed(String ifMatch) {
        TAG.require(ifMatch, "the rule r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "3", "W/\"3\"", "\"33\"", ""})
    void anotherOneIsNot(String ifMatch) {
        assertThatThrownBy(() -> TAG.require(ifMatch, "the rule r"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the rule r is at version 3, with the ETag \"3\"")
                .hasMessageContaining("Read it again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "W/\"3\"", "*", "\"1\",W/\"3\""})
    void whatIsKnownIsNotSentAgain(String ifNoneMatch) {
        assertThat(TAG.isKnown(ifNoneMatch)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"\"4\"", "3", ""})
    void otherwiseItIs(String ifNoneMatch) {
        assertThat(TAG.isKnown(ifNoneMatch)).isFalse();
    }
}
