package io.peerscope.contracts.alert;

import java.util.Map;

/**
 * Which alerts somebody means: field or label to a glob ({@code h*}); all must match. Names: host, rule_id, severity, kind,
 * metric, or a label of the alert or its subject; a label that is absent equals an empty one.
 */
public final class AlertMatchers {
    private AlertMatchers() {}

    public static boolean accept(Map<String, String> matchers, Alert alert) {
        for (Map.Entry<String, String> matcher : matchers.entrySet()) {
            if (!glob(matcher.getValue(), value(matcher.getKey(), alert))) {
                return false;
            }
        }
        return true;
    }

    /** Of a field or label; empty where there is none of that name. */
    public static String value(String name, Alert alert) {
        return switch (name) {
            case "host" -> alert.host();
            case "rule_id" -> alert.ruleId();
            case "severity" -> alert.severity().word();
            case "kind" -> alert.subject().kind();
            case "metric" -> alert.metric();
            default -> label(name, alert.labels(), alert.subject().labels());
        };
    }

    private static String label(String name, Map<String, String> own, Map<String, String> subject) {
        return own.getOrDefault(name, subject.getOrDefault(name, ""));
    }

    /** {@code *} stands for any text, everything else for itself. Linear for all practical patterns. */
    static boolean glob(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
