package io.peerscope.query.rest;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The three files of the streaming dashboard. They load nothing from elsewhere. */
final class DashboardPage {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private DashboardPage() {}

    static Response of(String file, String type) {
        return Response.ok(read(file))
                .type(type + "; charset=utf-8")
                .header("Content-Security-Policy", POLICY)
                .build();
    }

    private static String read(String file) {
        try (InputStream in = DashboardPage.class.getResourceAsStream("/io/peerscope/query/dashboard/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
