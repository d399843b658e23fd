package io.peerscope.foundation.trace;

import java.net.URI;
import java.util.Map;

/**
 * What is traced, and who is told.
 *
 * @param endpoint of OTLP over HTTP; without a path, {@code /v1/traces} is added
 * @param headers of every request to it, as collectors ask for to know who sends
 * @param requests which part of requests without a trace of their own begins one, 0 to 1
 * @param alerts which part of the transitions of alerts that no traced request caused begins one, 0 to 1
 * @param atMost so many traces begin in a second, wherever they are from: a sender that marks everything as traced must
 *     not make us write more than that
 */
public record TracingConfig(String endpoint, Map<String, String> headers, double requests, double alerts, int atMost) {
    private static final String PATH = "/v1/traces";

    public TracingConfig {
        headers = Map.copyOf(headers);
        endpoint = withPath(endpoint);
        share("requests", requests);
        share("alerts", alerts);
        if (atMost < 1) {
            throw new IllegalArgumentException("peerscope.tracing.at-most must be at least 1, was " + atMost);
        }
    }

    private static String withPath(String endpoint) {
        URI url;
        try {
            url = URI.create(endpoint.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("peerscope.tracing.endpoint is no URL: " + endpoint, e);
        }
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "peerscope.tracing.endpoint must be like http://collector:4318, was " + endpoint);
        }
        boolean bare = url.getPath().isEmpty() || url.getPath().equals("/");
        return bare ? url.resolve(PATH).toString() : url.toString();
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("peerscope.tracing." + name + " must be from 0 to 1, was " + value);
        }
    }

    /** Without the headers, which may hold a credential. */
    @Override
    public String toString() {
        return "TracingConfig[" + endpoint + ", requests " + requests + ", alerts " + alerts + ", at most " + atMost
                + "/s]";
    }
}
