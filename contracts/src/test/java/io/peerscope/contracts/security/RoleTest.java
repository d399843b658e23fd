package io.peerscope.contracts.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    private static final Map<Role, Set<Role>> COVERED = new EnumMap<>(Map.of(
            Role.HOST, EnumSet.of(Role.HOST),
            Role.FLEET, EnumSet.of(Role.FLEET),
            Role.VIEWER, EnumSet.of(Role.VIEWER),
            Role.OPERATOR, EnumSet.of(Role.VIEWER, Role.OPERATOR),
            Role.ADMIN, EnumSet.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN)));

    @ParameterizedTest
    @EnumSource
    void coversExactly(Role role) {
        for (Role needed : Role.values()) {
            assertThat(role.covers(needed))
                    .as("%s covers %s", role, needed)
                    .isEqualTo(COVERED.getOrDefault(role, Set.of()).contains(needed));
        }
    }

    @ParameterizedTest
    @CsvSource({"host,HOST", "fleet,FLEET", "viewer,VIEWER", "operator,OPERATOR", "admin,ADMIN"})
    void isAWord(String word, Role role) {
        assertThat(role.word()).isEqualTo(word);
        assertThat(Role.of(word)).isEqualTo(role);
    }

    @Test
    void otherWordsAreRefusedWithTheWordsThatExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Role.of("Admin"))
                .withMessage("role must be host, fleet, viewer, operator or admin, was Admin");
    }
}
