package io.peerscope.gateway.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may open the live socket. A browser sends its cookie along from any page, so the origin decides; a program
 * with a token has no page and needs none.
 */
public final class OriginPolicy {
    private final Set<String> allowed;

    /** @param allowed further origins than our own, as browsers write them: {@code https://ops.example.org} */
    public OriginPolicy(Collection<String> allowed) {
        this.allowed = allowed.stream()
                .map(origin -> normal(origin)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "peerscope.gateway.allowed-origins: not an origin like https://ops.example.org: "
                                        + origin)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param origin the Origin header
     * @param authority host and port that the request was made to; a proxy before us may have ended TLS, so the scheme
     *     of the request says nothing and the origin's counts
     * @param byCookie whether the credential is one that a browser adds by itself
     */
    public boolean admits(Optional<String> origin, String authority, boolean byCookie) {
        if (origin.isEmpty()) {
            return !byCookie;
        }
        return normal(origin.get())
                .filter(asked -> asked.equals(ownOrigin(asked, authority).orElse("")) || allowed.contains(asked))
                .isPresent();
    }

    private static Optional<String> ownOrigin(String asked, String authority) {
        return normal(asked.substring(0, asked.indexOf(':')) + "://" + authority);
    }

    /** Scheme, host and explicit port; empty for what is no web origin, such as {@code null}. */
    private static Optional<String> normal(String origin) {
        try {
            URI uri = new URI(origin);
            if (uri.getHost() == null || uri.getScheme() == null || uri.getUserInfo() != null) {
                return Optional.empty();
            }
            boolean bare = uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null;
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int usual = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
            if (!bare || usual < 0) {
                return Optional.empty();
            }
            int port = uri.getPort() < 0 ? usual : uri.getPort();
            return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
