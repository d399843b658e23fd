package io.peerscope.benchmarks;

import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import java.util.List;
import java.util.Map;

/** The rules that judge the load: ten on every host, beside those that are shipped, and the one that probes break. */
final class Rules {
    private static final int COUNT = 10;
    /** No value of the load is so high: rules of a healthy installation are held against everything and rarely broken. */
    private static final int NEVER = 20_000;

    private final Api admin;

    Rules(Api admin) {
        this.admin = admin;
    }

    void ensure(List<String> fields, Map<String, Object> probeRule) {
        for (String field : fields.subList(0, COUNT)) {
            ensure(Map.of(
                    "id",
                    "bench_" + field,
                    "metric",
                    field,
                    "operator",
                    ">",
                    "warning",
                    NEVER,
                    "critical",
                    NEVER + 1,
                    "duration",
                    60,
                    "summary",
                    "{{host}}: {{value}}"));
        }
        ensure(probeRule);
    }

    /** Whether it was there from a former run does not matter. */
    private void ensure(Map<String, Object> rule) {
        Answer answer = admin.post("/api/v1/rules", rule);
        if (answer.status() != 201 && answer.status() != 409) {
            throw new IllegalStateException("the rule was not made: " + answer);
        }
    }
}
