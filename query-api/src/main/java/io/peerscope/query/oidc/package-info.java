/**
 * Logging in by an OpenID provider: authorization code flow with PKCE. What a token must say is decided here; sessions and
 * users are made elsewhere.
 */
package io.peerscope.query.oidc;
