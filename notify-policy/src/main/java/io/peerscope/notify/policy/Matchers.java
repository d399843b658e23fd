package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.Channel;
import java.util.Map;

/** Whether a channel wants alerts of this host, rule, label … at all. */
public final class Matchers {
    private Matchers() {}

    public static boolean accept(Channel channel, Alert alert) {
        return channel.enabled()
                && channel.matchers().entrySet().stream()
                        .allMatch(matcher -> glob(matcher.getValue(), value(matcher.getKey(), alert)));
    }

    private static String value(String name, Alert alert) {
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

    /** {@code *} stands for any text, everything else for itself. Linear, whatever the pattern. */
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
