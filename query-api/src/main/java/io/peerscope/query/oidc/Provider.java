package io.peerscope.query.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.peerscope.query.oidc.OidcRefusedException.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The provider as its discovery document describes it. */
final class Provider implements AutoCloseable {
    private static final Duration FRESH = Duration.ofHours(1);
    /** Anybody may begin a login; a provider that is away is not asked for each. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final OidcConfig config;
    private final InstantSource clock;
    private final ProviderHttp http = new ProviderHttp();
    private final ProviderKeys keys;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Described described;
    private @Nullable Failed failed;

    /** @param secretInBody whether it knows no other way to be told the client's secret */
    private record Described(URI authorization, URI token, URI keys, boolean secretInBody, Instant at) {}

    private record Failed(OidcRefusedException why, Instant at) {}

    Provider(OidcConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.keys = new ProviderKeys(() -> ok(http.get(described().keys())).toString(), clock);
    }

    JWKSource<SecurityContext> keys() {
        return keys;
    }

    /** Where a browser has to go. */
    URI authorization(Map<String, String> parameters) throws OidcRefusedException {
        URI endpoint = described().authorization();
        String separator = endpoint.getRawQuery() == null ? "?" : "&";
        return URI.create(endpoint + separator + form(parameters));
    }

    /** The ID token that a code stands for. */
    String redeem(String code, String verifier) throws OidcRefusedException {
        Described provider = described();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", config.redirectUrl().toString());
        form.put("code_verifier", verifier);
        String secret = config.clientSecret();
        ProviderHttp.Answer answer;
        if (secret != null && !provider.secretInBody()) {
            answer = http.post(provider.token(), form(form), "Authorization", basic(config.clientId(), secret));
        } else {
            form.put("client_id", config.clientId());
            if (secret != null) {
                form.put("client_secret", secret);
            }
            answer = http.post(provider.token(), form(form));
        }
        if (answer.status() >= 400 && answer.status() < 500) {
            throw new OidcRefusedException(
                    Reason.PROVIDER_REFUSED,
                    "the code was refused: " + answer.body().path("error").asText());
        }
        JsonNode token = ok(answer).path("id_token");
        if (!token.isTextual()) {
            throw new OidcRefusedException(Reason.UNTRUSTED, "the answer has no id_token");
        }
        return token.asText();
    }

    private Described described() throws OidcRefusedException {
        reading.lock();
        try {
            Described known = described;
            Instant now = clock.instant();
            if (known != null && isWithin(known.at(), FRESH, now)) {
                return known;
            }
            Failed last = failed;
            if (last != null && isWithin(last.at(), PAUSE, now)) {
                throw new OidcRefusedException(
                        last.why().reason(), String.valueOf(last.why().getMessage()));
            }
            try {
                Described fresh = read(now);
                described = fresh;
                return fresh;
            } catch (OidcRefusedException e) {
                failed = new Failed(e, now);
                throw e;
            }
        } finally {
            reading.unlock();
        }
    }

    /** What lies ahead of now was before the clock was set back: nobody knows how old it is. */
    private static boolean isWithin(Instant at, Duration age, Instant now) {
        return !at.isAfter(now) && at.plus(age).isAfter(now);
    }

    private Described read(Instant now) throws OidcRefusedException {
        String base = config.issuer().replaceAll("/$", "");
        JsonNode document = ok(http.get(URI.create(base + "/.well-known/openid-configuration")));
        if (!document.path("issuer").asText().equals(config.issuer())) {
            throw new OidcRefusedException(
                    Reason.UNTRUSTED,
                    "the provider calls itself %s, not %s"
                            .formatted(document.path("issuer").asText(), config.issuer()));
        }
        return new Described(
                endpoint(document, "authorization_endpoint"),
                endpoint(document, "token_endpoint"),
                endpoint(document, "jwks_uri"),
                inBody(document.path("token_endpoint_auth_methods_supported")),
                now);
    }

    private static URI endpoint(JsonNode document, String name) throws OidcRefusedException {
        try {
            return OidcConfig.secure(name, URI.create(document.path(name).asText()));
        } catch (IllegalArgumentException e) {
            throw new OidcRefusedException(Reason.UNTRUSTED, "discovery: " + e.getMessage(), e);
        }
    }

    /** Where nothing is said, the header is what every provider takes. */
    private static boolean inBody(JsonNode methods) {
        boolean header = methods.isMissingNode();
        boolean body = false;
        for (JsonNode method : methods) {
            header |= method.asText().equals("client_secret_basic");
            body |= method.asText().equals("client_secret_post");
        }
        return body && !header;
    }

    private static JsonNode ok(ProviderHttp.Answer answer) throws OidcRefusedException {
        if (answer.status() != 200) {
            throw new OidcRefusedException(Reason.PROVIDER_AWAY, "the provider answers " + answer.status());
        }
        return answer.body();
    }

    private static String basic(String id, String secret) {
        String pair = encoded(id) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
