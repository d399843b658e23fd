package io.peerscope.foundation.security;

import io.peerscope.contracts.security.Role;

/**
 * Who speaks.
 *
 * @param name the host or user
 * @param credentialId which of his credentials he used
 */
public record Principal(Role role, String name, String credentialId) {
    /** Whether what belongs to this host may be shown to him: a host sees itself only. */
    public boolean owns(String host) {
        return role != Role.HOST || name.equals(host);
    }

    public boolean may(Role needed) {
        return role.covers(needed);
    }
}
