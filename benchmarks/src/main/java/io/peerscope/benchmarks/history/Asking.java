package io.peerscope.benchmarks.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import java.time.Duration;
import java.util.Random;

/** Asks one question again and again, one after the other, as the only one who asks. */
public final class Asking {
    private final Api api;
    private final int hosts;
    private final int times;
    private final Duration warmUp;
    private final long seed;

    /**
     * @param hosts that have raw points
     * @param times that are counted
     * @param warmUp how long a question is asked before that: the JVM compiles what a question needs only then
     */
    public Asking(Api api, int hosts, int times, Duration warmUp, long seed) {
        this.api = api;
        this.hosts = hosts;
        this.times = times;
        this.warmUp = warmUp;
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
        long begun = System.nanoTime();
        Answer last;
        do {
            last = answer(question, random);
        } while (System.nanoTime() - begun < warmUp.toNanos());
        Distribution took = new Distribution();
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
