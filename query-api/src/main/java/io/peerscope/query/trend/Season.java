package io.peerscope.query.trend;

/** What repeats itself: values are compared only with those at the same place in it. */
public enum Season {
    WEEK(7),
    DAY(1);

    private final int days;

    Season(int days) {
        this.days = days;
    }

    int days() {
        return days;
    }

    public String word() {
        return this == WEEK ? "week" : "day";
    }

    int length(Steps steps) {
        return days * steps.perDay();
    }
}
