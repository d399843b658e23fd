package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.ExitCode;
import io.peerscope.cli.Failure;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Patience;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Numbered samples for a while, one after the other, each again and again until it is acknowledged, as every sender does;
 * meanwhile somebody breaks what he likes. What was acknowledged must then be in the history, each once.
 */
public final class LossDrill {
    private static final String FIELD = "peerscope_loss_drill";
    private static final String CURE =
            "`peerscope doctor` says which part is away; a host's agent keeps what is not acknowledged and sends it later.";

    private final Server server;
    private final Sender sender;
    private final Console console;
    private final Patience patience;
    private final InstantSource clock;

    public LossDrill(Server server, Sender sender, Console console, Patience patience, InstantSource clock) {
        this.server = server;
        this.sender = sender;
        this.console = console;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * What was acknowledged: the samples 1 to count, at times that rise.
     *
     * @param again requests beyond one for each sample
     * @param gap the longest time in which nothing was acknowledged
     * @param reason of the last request that was not; empty where all were
     */
    record Sent(long count, Instant first, Instant last, long again, Duration gap, String reason) {
        Finding finding() {
            return Finding.ok("%d samples%s"
                    .formatted(
                            count,
                            again == 0
                                    ? ", each at once"
                                    : "; for %.1f s none was (%s), %d requests were sent again"
                                            .formatted(gap.toMillis() / 1e3, reason, again)));
        }

        /** The sum of the numbers 1 to count, which are the values. */
        double sum() {
            return count * (count + 1) / 2.0;
        }
    }

    /** @param every how long to wait between two samples, at least a millisecond: two of one millisecond are one */
    public void run(Report report, Duration length, Duration every) {
        Optional<Sent> sent = report.obtain("acknowledged", () -> send(length, every), Sent::finding);
        sent.ifPresent(all -> {
            report.put("acknowledged", all.count());
            report.put("longest_gap_seconds", all.gap().toMillis() / 1e3);
            report.step("stored", () -> stored(all));
            report.step("ledger", () -> HostLedger.finding(server, sender.host()));
        });
    }

    private Sent send(Duration length, Duration every) {
        Instant first = clock.instant();
        Instant last = first;
        long begun = System.nanoTime();
        long acknowledged = begun;
        long count = 0;
        long again = 0;
        long told = 0;
        Duration gap = Duration.ZERO;
        String reason = "";
        while (true) {
            Optional<String> refused = offer(count + 1, last, first);
            long now = System.nanoTime();
            gap = longer(gap, Duration.ofNanos(now - acknowledged));
            long second = TimeUnit.NANOSECONDS.toSeconds(now - begun);
            if (refused.isEmpty()) {
                count++;
                acknowledged = now;
            } else {
                again++;
                reason = refused.get();
                boolean givenUp =
                        now - acknowledged > length.plus(patience.limit()).toNanos();
                if (count == 0 || givenUp) {
                    console.progressOver();
                    throw new Failure(ExitCode.UNREACHABLE, "nothing was acknowledged: " + reason, CURE);
                }
            }
            if (second > told) {
                told = second;
                tell(second, length, count, refused);
            }
            if (refused.isEmpty()) {
                if (now - begun >= length.toNanos()) {
                    console.progressOver();
                    return new Sent(count, first, last, again, gap, reason);
                }
                last = later(last, clock.instant());
            }
            LockSupport.parkNanos(every.toNanos());
        }
    }

    /** @return why it was not acknowledged; empty where it was */
    private Optional<String> offer(long number, Instant time, Instant drill) {
        try {
            Server.Answer answer =
                    sender.offer(FIELD, number, time, "loss-drill/%d/%d".formatted(drill.toEpochMilli(), number));
            if (answer.status() == 429 || answer.status() >= 500) {
                return Optional.of(
                        answer.status() + " " + answer.json().path("code").asText());
            }
            JsonNode said = sender.wanted(answer);
            if (said.path("accepted").asInt() != 1 && !said.path("duplicate").asBoolean()) {
                throw Failure.wrong("the sample was refused: " + said, "See errors in the answer.");
            }
            return Optional.empty();
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.UNREACHABLE) {
                return Optional.of(failure.what());
            }
            throw failure;
        }
    }

    private void tell(long second, Duration length, long count, Optional<String> refused) {
        if (console.tty() || refused.isPresent() || second % 10 == 0) {
            console.progress("  %d s of %d, %d samples acknowledged%s"
                    .formatted(
                            second,
                            length.toSeconds(),
                            count,
                            refused.map(why -> "; not now: " + why).orElse("")));
        }
    }

    private Finding stored(Sent sent) {
        String range = "&kind=protocol&metrics=%s&hosts=%s&from=%s&to=%s"
                .formatted(
                        FIELD,
                        Server.encoded(sender.host()),
                        sent.first(),
                        sent.last().plusMillis(1));
        try {
            patience.until("all of them in the history", "", () -> Optional.of(total("count", range))
                    .filter(there -> there == sent.count()));
        } catch (Failure late) {
            return Finding.failed(
                    "%.0f of %d are in the history".formatted(total("count", range), sent.count()),
                    "Is it behind (`peerscope doctor`)? Then again with a longer --timeout. If not, it is a bug of ours:"
                            + " keep Kafka's topics and tell us.");
        }
        double sum = total("sum", range);
        return sum == sent.sum()
                ? Finding.ok("%d of %d, each once and as it was sent".formatted(sent.count(), sent.count()))
                : Finding.failed(
                        "as many as were sent, but not the same: their sum is %.0f instead of %.0f"
                                .formatted(sum, sent.sum()),
                        "It is a bug of ours: keep Kafka's topics and tell us.");
    }

    private double total(String aggregate, String range) {
        double total = 0;
        JsonNode history = server.get("/api/v1/metrics/historical?aggregate=" + aggregate + range);
        for (JsonNode point : history.at("/series/0/points")) {
            total += point.path(1).asDouble();
        }
        return total;
    }

    private static Instant later(Instant last, Instant now) {
        return now.toEpochMilli() > last.toEpochMilli() ? now : last.plusMillis(1);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
