package io.peerscope.alert.rule;

import io.peerscope.contracts.point.Subject;

/**
 * One {@code where} condition. The label {@code host} is the host itself; {@code *} stands for any text. An absent label
 * equals an empty one.
 */
record Matcher(String label, String wanted) {

    boolean accepts(Subject subject) {
        String found = label.equals("host") ? subject.host() : subject.labels().get(label);
        return wanted.indexOf('*') < 0 ? wanted.equals(found) : like(found);
    }

    /** Greedy with one step back to the last star: linear for all practical patterns, no regular expression to abuse. */
    private boolean like(String text) {
        int at = 0;
        int pattern = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (pattern < wanted.length() && wanted.charAt(pattern) == '*') {
                star = pattern++;
                resume = at;
            } else if (pattern < wanted.length() && wanted.charAt(pattern) == text.charAt(at)) {
                pattern++;
                at++;
            } else if (star >= 0) {
                pattern = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (pattern < wanted.length() && wanted.charAt(pattern) == '*') {
            pattern++;
        }
        return pattern == wanted.length();
    }
}
