package io.peerscope.benchmarks.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import java.util.Random;

/** Asks one question again and again, one after the other, as the only one who asks. */
public final class Asking {
    private final Api api;
    private final int hosts;
    private final int times;
    private final long seed;

    /**
     * @param hosts that have raw points
     * @param times that are counted; a fifth more go before
     */
    public Asking(Api api, int hosts, int times, long seed) {
        this.api = api;
        this.hosts = hosts;
        this.times = times;
        this.seed = seed;
    }

    /**
     * How long the answers took, in milliseconds, from the first byte sent to the last received.
     *
     * @param tier that answered; empty where none is named
     * @param points in one answer, of all series
     * @param bytes of one answer
     */
    public record Answered(
            String question,
            int goal,
            String tier,
            int points,
            int bytes,
            double p50,
            double p95,
            double p99,
            double max) {}

    public Answered ask(Question question) {
        Random random = new Random(seed);
        for (int i = 0; i < times / 5; i++) {
            answer(question, random);
        }
        Distribution took = new Distribution();
        Answer last = answer(question, random);
        for (int i = 0; i < times; i++) {
            last = answer(question, random);
            took.add(last.took().toNanos() / 1000);
        }
        JsonNode said = last.json();
        int points = 0;
        for (JsonNode series : said.path("series")) {
            points += series.path("points").size();
        }
        return new Answered(
                question.words(),
                question.goalMillis(),
                said.path("tier").asText(),
                points,
                last.body().length,
                took.percentile(50),
                took.percentile(95),
                took.percentile(99),
                took.percentile(100));
    }

    private Answer answer(Question question, Random random) {
        String path = question.path(hosts, random);
        Answer answer = api.get(path);
        if (answer.status() != 200) {
            throw new IllegalStateException(path + " was answered with " + answer);
        }
        return answer;
    }
}
