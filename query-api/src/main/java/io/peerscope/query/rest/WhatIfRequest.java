package io.peerscope.query.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A rule and the stretch of the past that it is tried on.
 *
 * @param from by default a day before {@code to}
 * @param to exclusive; by default now
 */
record WhatIfRequest(Rule rule, Instant from, Instant to) {
    private static final List<String> FIELDS = List.of("rule", "from", "to");
    private static final Duration DAY = Duration.ofDays(1);

    static WhatIfRequest read(JsonNode document, Instant now) throws RuleInvalidException {
        document.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw ProblemException.field(
                        name, ErrorCode.UNKNOWN_FIELD, "no such field; there are " + String.join(", ", FIELDS));
            }
        });
        if (!document.path("rule").isObject()) {
            throw ProblemException.field(
                    "rule", ErrorCode.MISSING_FIELD, "the rule to be tried, as POST /rules takes it");
        }
        Instant to = time(document, "to", now);
        Instant from = time(document, "from", to.minus(DAY));
        if (!from.isBefore(to)) {
            throw Query.wrong("from", "before to");
        }
        return new WhatIfRequest(RuleDocument.read(document.path("rule")), from, to.isAfter(now) ? now : to);
    }

    private static Instant time(JsonNode document, String field, Instant missing) {
        JsonNode value = document.path(field);
        return value.isMissingNode() || value.isNull()
                ? missing
                : Query.time(field, value.isContainerNode() ? "?" : value.asText())
                        .orElse(missing);
    }
}
