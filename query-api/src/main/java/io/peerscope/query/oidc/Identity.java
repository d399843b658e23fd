package io.peerscope.query.oidc;

import io.peerscope.contracts.security.Role;

/**
 * Who somebody is by the word of a provider.
 *
 * @param subject what makes him himself, together with the issuer; a name may go to somebody else
 */
public record Identity(String issuer, String subject, String username, Role role) {}
