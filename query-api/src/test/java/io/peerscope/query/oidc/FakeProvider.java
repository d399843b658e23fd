package io.peerscope.query.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An OpenID provider on loopback: codes that count once, PKCE, and keys that change. Everybody there is whom the test says. */
public final class FakeProvider implements AutoCloseable {
    public static final String CLIENT = "peerscope";
    public static final String SECRET = "s3cret of the client";

    /** Making them takes long. */
    private static final RSAKey FIRST = rsa("first");

    private static final RSAKey STRANGE = rsa("strange");

    private final HttpServer server;
    private final InstantSource clock;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    final AtomicInteger keyReads = new AtomicInteger();
    final AtomicInteger descriptionReads = new AtomicInteger();
    private volatile JWK key;
    private volatile boolean away;
    /** What the next token says instead. */
    volatile UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;

    volatile Form form = Form.SIGNED;

    /** How a token is protected. */
    enum Form {
        SIGNED,
        UNSIGNED,
        BY_SECRET,
        BY_STRANGER,
        BY_UNKNOWN_KEY
    }

    public FakeProvider(InstantSource clock) {
        this.clock = clock;
        this.key = FIRST;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.createContext("/keys", this::keys);
        server.createContext("/token", this::token);
        server.start();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void claim(String name, @Nullable Object value) {
        UnaryOperator<JWTClaimsSet.Builder> before = claims;
        claims = builder -> before.apply(builder).claim(name, value);
    }

    public void away(boolean now) {
        away = now;
    }

    void changeKeyToElliptic() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a browser does there, whose user is known: the parameters it is sent back with. */
    public Map<String, String> visit(URI location) {
        Map<String, String> asked = parameters(location.getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        return Map.of("code", code, "state", asked.get("state"), "iss", issuer());
    }

    private void describe(HttpExchange exchange) throws IOException {
        descriptionReads.incrementAndGet();
        String base = issuer();
        answer(exchange, 200, """
            {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize?tenant=1","token_endpoint":"%1$s/token",
             "jwks_uri":"%1$s/keys","response_types_supported":["code"]}\
            """.formatted(base));
    }

    private void keys(HttpExchange exchange) throws IOException {
        keyReads.incrementAndGet();
        answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String pair = CLIENT + ":" + SECRET.replace(' ', '+');
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
        } else if (asked == null
                || !challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))
                || !Objects.equals(asked.get("redirect_uri"), form.get("redirect_uri"))) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
        } else {
            answer(exchange, 200, "{\"access_token\":\"x\",\"id_token\":\"%s\"}".formatted(idToken(asked)));
        }
    }

    private String idToken(Map<String, String> asked) {
        Instant now = clock.instant();
        JWTClaimsSet body = claims.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience(asked.get("client_id"))
                        .subject("u-1")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .claim("nonce", asked.get("nonce"))
                        .claim("preferred_username", "ann")
                        .claim("groups", List.of("everybody", "ops")))
                .build();
        try {
            return switch (form) {
                case UNSIGNED -> new PlainJWT(body).serialize();
                case BY_SECRET ->
                    signed(
                            body,
                            JWSAlgorithm.HS256,
                            new MACSigner(key.toPublicJWK().toJSONString()));
                case BY_STRANGER -> signed(body, JWSAlgorithm.RS256, new RSASSASigner(STRANGE));
                case BY_UNKNOWN_KEY -> {
                    SignedJWT token = new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .keyID("strange")
                                    .build(),
                            body);
                    token.sign(new RSASSASigner(STRANGE));
                    yield token.serialize();
                }
                case SIGNED ->
                    key instanceof ECKey elliptic
                            ? signed(body, JWSAlgorithm.ES256, new ECDSASigner(elliptic))
                            : signed(body, JWSAlgorithm.RS256, new RSASSASigner((RSAKey) key));
            };
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signed(JWTClaimsSet body, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), body);
        token.sign(signer);
        return token.serialize();
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(away ? 503 : status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> all = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            all.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
