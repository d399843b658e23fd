package io.peerscope.contracts.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What a principal may do. {@code HOST} and {@code FLEET} only write metrics (as themselves, for any host). The people's
 * roles contain one another: {@code VIEWER < OPERATOR < ADMIN}.
 */
public enum Role {
    HOST,
    FLEET,
    VIEWER,
    OPERATOR,
    ADMIN;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("role must be host, fleet, viewer, operator or admin, was " + word);
    }

    /** Whether this role may do what {@code needed} may. Hosts and people never stand in for one another. */
    public boolean covers(Role needed) {
        return switch (needed) {
            case HOST, FLEET -> this == needed;
            case VIEWER, OPERATOR, ADMIN -> compareTo(needed) >= 0;
        };
    }
}
