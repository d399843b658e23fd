package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.report.Step.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Hosts that are, or will soon be, shut out because a token expires. */
final class EndingTokens {
    /** Who used a token so lately will use it again, whatever else he has. */
    private static final Duration IN_USE = Duration.ofDays(1);

    private static final int NAMED = 5;

    private EndingTokens() {}

    /**
     * As {@code GET /api/v1/tokens} tells them; an older server tells the same in both lists.
     *
     * @param unreplaced expire soon or have expired
     * @param replaced expire soon
     */
    static Finding judge(JsonNode unreplaced, JsonNode replaced, Instant now) {
        Set<JsonNode> tokens = new LinkedHashSet<>();
        unreplaced.forEach(tokens::add);
        replaced.forEach(tokens::add);
        List<String> ending = new ArrayList<>();
        for (JsonNode token : tokens) {
            boolean expired = token.path("status").asText().equals("expired");
            if (!token.path("replaced").asBoolean() || !expired && inUse(token, now)) {
                ending.add("%s of %s %s %s"
                        .formatted(
                                token.path("id").asText(),
                                token.path("host").asText(),
                                expired ? "expired" : "expires",
                                token.path("expires_at").asText()));
            }
        }
        if (ending.isEmpty()) {
            return Finding.ok("none that is needed expires within 14 days");
        }
        String more = ending.size() > NAMED ? ", and %d more".formatted(ending.size() - NAMED) : "";
        return Finding.warning(
                String.join(", ", ending.subList(0, Math.min(NAMED, ending.size()))) + more,
                "`peerscope token rotate HOST` makes another; give it to the host before, and it loses nothing.");
    }

    private static boolean inUse(JsonNode token, Instant now) {
        return token.path("last_used_at").isTextual()
                && Instant.parse(token.path("last_used_at").asText())
                        .plus(IN_USE)
                        .isAfter(now);
    }
}
