package io.peerscope.agent.collect;

import java.util.List;

/**
 * Names that are wanted: those that are included, or all where none is, but for those that are excluded. Patterns may hold
 * {@code *} for any letters and {@code ?} for any one.
 */
public record NameFilter(List<String> include, List<String> exclude) {
    public static NameFilter all() {
        return new NameFilter(List.of(), List.of());
    }

    public boolean takes(String name) {
        return (include.isEmpty() || named(name)) && !matches(exclude, name);
    }

    /** Whether somebody asked for this very name, so that he shall have it even where it is not taken by default. */
    boolean named(String name) {
        return matches(include, name);
    }

    private static boolean matches(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int afterStar = 0;
        while (n < name.length()) {
            char expected = p < pattern.length() ? pattern.charAt(p) : 0;
            if (expected == '*') {
                star = p++;
                afterStar = n;
            } else if (expected == '?' || expected == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                // The last star takes one letter more.
                p = star + 1;
                n = ++afterStar;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }
}
