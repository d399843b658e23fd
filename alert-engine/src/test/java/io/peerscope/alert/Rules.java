package io.peerscope.alert;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import java.nio.charset.StandardCharsets;

/** Rules for tests, written as people write them, with single quotes and without the outer braces. */
public final class Rules {
    /** Warning above 80, critical above 90, both for 30 s. */
    public static final String CPU = "'id':'cpu','metric':'cpu_usage','warning':80,'critical':90,'duration':30,"
            + "'summary':'{{host}} CPU at {{value}} % (limit {{threshold}}, {{severity}})'";

    private Rules() {}

    /** Later fields must not repeat earlier ones. */
    public static Rule rule(String... fields) {
        String json = ("{" + String.join(",", fields) + "}").replace('\'', '"');
        try {
            return RuleDocument.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (RuleInvalidException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    public static Terms terms(String... fields) {
        return Terms.of(rule(fields));
    }
}
