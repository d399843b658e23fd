package io.peerscope.testkit.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One request to the webhook.
 *
 * @param headers by name in lower case
 */
public record Message(Instant at, Map<String, String> headers, byte[] body) {
    private static final String SECRET_PREFIX = "whsec_";

    public JsonNode json() {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON", e);
        }
    }

    /** {@code alert.firing}, {@code alert.resolved} and so on. */
    public String type() {
        return json().path("type").asText();
    }

    /** The same on every attempt to deliver the same message. */
    public String id() {
        return headers.getOrDefault("webhook-id", "");
    }

    public List<JsonNode> alerts() {
        return StreamSupport.stream(json().at("/data/alerts").spliterator(), false)
                .toList();
    }

    /** Whether one of its alerts is of that rule and host. */
    public boolean isAbout(String rule, String host) {
        return alerts().stream()
                .anyMatch(alert -> alert.path("rule_id").asText().equals(rule)
                        && alert.path("host").asText().equals(host));
    }

    /**
     * Checks it as Standard Webhooks 1.0 says: an HMAC of id, time and body, among the signatures in the header.
     *
     * @param secret {@code whsec_} and base64
     */
    public boolean isSignedWith(String secret) {
        byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signed = id() + "." + headers.getOrDefault("webhook-timestamp", "") + ".";
            mac.update(signed.getBytes(StandardCharsets.UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return List.of(headers.getOrDefault("webhook-signature", "").split(" ")).stream()
                    .anyMatch(signature -> MessageDigest.isEqual(
                            signature.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return at + " " + new String(body, StandardCharsets.UTF_8);
    }
}
