package io.peerscope.gateway.access;

import java.util.Optional;

/** A credential as a request for the live socket carries it; not yet known to be good. */
public sealed interface Presented {
    String text();

    record Token(String text) implements Presented {}

    record SessionCookie(String text) implements Presented {}

    /**
     * A token said explicitly goes before the cookie, which a browser sends without being asked.
     *
     * @param authorization the header of that name
     * @param subProtocols the header {@code Sec-WebSocket-Protocol}: {@code bearer, <token>}, the only place where a
     *     browser can put a token of its own
     * @param cookie {@code __Host-sid}, or plain {@code sid}
     */
    static Optional<Presented> in(
            Optional<String> authorization, Optional<String> subProtocols, Optional<String> cookie) {
        return authorization
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).trim())
                .or(() -> subProtocols.flatMap(Presented::afterBearer))
                .<Presented>map(Token::new)
                .or(() -> cookie.map(SessionCookie::new));
    }

    private static Optional<String> afterBearer(String subProtocols) {
        String[] offered = subProtocols.split(",", -1);
        for (int i = 0; i + 1 < offered.length; i++) {
            if (offered[i].trim().equals("bearer")) {
                return Optional.of(offered[i + 1].trim());
            }
        }
        return Optional.empty();
    }
}
