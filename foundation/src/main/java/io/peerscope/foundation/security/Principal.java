package io.peerscope.foundation.security;

import io.peerscope.contracts.security.Role;

/**
 * Who speaks.
 *
 * @param name the host or user
 * @param credentialId which of his credentials he used
 */
public record Principal(Role role, String name, String credentialId) {
    public boolean may(Role needed) {
        return role.covers(needed);
    }
}
