package io.peerscope.agent.probe;

/**
 * The quality of a link as one number, from its round trip alone: loss and jitter are told beside it. 100 up to 20 ms,
 * then straight from corner to corner, down to 0 at 800 ms.
 */
final class LinkQuality {
    private static final double[] MILLIS = {20, 50, 100, 200, 400, 800};
    private static final double[] SCORE = {100, 90, 75, 50, 25, 0};

    private LinkQuality() {}

    static double score(double millis) {
        if (millis <= MILLIS[0]) {
            return SCORE[0];
        }
        for (int i = 1; i < MILLIS.length; i++) {
            if (millis <= MILLIS[i]) {
                double way = (millis - MILLIS[i - 1]) / (MILLIS[i] - MILLIS[i - 1]);
                return SCORE[i - 1] + way * (SCORE[i] - SCORE[i - 1]);
            }
        }
        return 0;
    }

    /** In the words of the metric catalogue. */
    static String level(double score) {
        if (score >= 90) {
            return "excellent";
        }
        if (score >= 75) {
            return "good";
        }
        if (score >= 50) {
            return "fair";
        }
        return score >= 25 ? "poor" : "unusable";
    }
}
