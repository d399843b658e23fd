package io.peerscope.foundation.net;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a message goes over HTTP, taken apart. Who writes such an address down and who sends there read it alike.
 *
 * @param host a name in ASCII, or an address; IPv6 without brackets
 * @param path with query
 */
public record TargetUrl(boolean tls, String host, int port, String path) {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:@]+)(?::([0-9]{1,5}))?");
    private static final int HIGHEST_PORT = 65_535;

    /** @throws IllegalArgumentException whose message says what is wrong, without repeating the address */
    public static TargetUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the channel's address cannot be read", e);
        }
        boolean tls =
                switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
                    case "https" -> true;
                    case "http" -> false;
                    default -> throw new IllegalArgumentException("the channel has no http(s) address");
                };
        String authority = String.valueOf(uri.getRawAuthority());
        if (authority.contains("@")) {
            throw new IllegalArgumentException("the channel's address must not carry a user");
        }
        // Not URI.getHost: it knows neither names with an underscore nor international ones.
        Matcher parts = AUTHORITY.matcher(authority);
        if (uri.getRawAuthority() == null || !parts.matches()) {
            throw new IllegalArgumentException("the channel's address names no host");
        }
        int port = parts.group(2) == null ? tls ? 443 : 80 : Integer.parseInt(parts.group(2));
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("the channel's address has an impossible port");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new TargetUrl(tls, host(parts.group(1)), port, path + query);
    }

    /** As the Host header says it. */
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    private static String host(String raw) {
        if (raw.startsWith("[")) {
            return raw.substring(1, raw.length() - 1);
        }
        try {
            return IDN.toASCII(raw);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the channel's address names no host", e);
        }
    }
}
