package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.endtoend.FlawedLoad.Expected;
import io.peerscope.endtoend.FlawedLoad.Sent;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.network.Fault;
import io.peerscope.testkit.network.TcpProxy;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where did my data go? For every host the ledger says it, to the sample, whatever happens on the way. */
@ExtendWith(SharedSix.class)
final class LedgerStoryTest {
    private static final int HOSTS = 10;
    /** One batch in so many is sent twice. */
    private static final int TWICE = 25;

    private static final Duration BOOKED_WITHIN = Duration.ofSeconds(60);

    private final Story story = Story.begin("ledger");
    private final Instant begin = Instant.now();

    /**
     * How much of everything.
     *
     * @param batches of each host
     * @param points of a batch
     * @param cuts answers that are lost
     * @param races batches that are sent twice at once
     */
    private record Size(int batches, int points, int cuts, int races) {}

    @Test
    @Tag("story")
    void everySampleIsSomewhere(SixProcesses six) {
        unfold(six, new Size(25, 10, 50, 25));
    }

    /** A million samples in a thousand batches. */
    @Test
    @Tag("soak")
    void everySampleOfAMillionIsSomewhere(SixProcesses six) {
        unfold(six, new Size(100, 100, 1000, 500));
    }

    private void unfold(SixProcesses six, Size size) {
        FlawedLoad load = new FlawedLoad(begin, size.points());
        theLedgerAddsUp(six, load, size);
        lostAnswers(six, load, size.cuts());
        twoInstancesAtOnce(six, load, size.races());
        rebootedHosts(six, load);
    }

    private void theLedgerAddsUp(SixProcesses six, FlawedLoad load, Size size) {
        Api fleet = six.api(Service.INGEST, "fleet");
        Map<String, Expected> expected = new TreeMap<>();
        List<Sent> all = new ArrayList<>();
        String receipt = "";
        for (int number = 0; number < size.batches(); number++) {
            for (int h = 0; h < HOSTS; h++) {
                String host = "ledger-" + h;
                Expected of = expected.computeIfAbsent(host, name -> new Expected());
                Sent sent = load.batch(host, number);
                all.add(sent);
                receipt = told(of, fleet.post("/api/v1/ingest", sent.body()))
                        .at("/receipt")
                        .asText();
                of.late += sent.late();
                if (number % TWICE == TWICE - 1) {
                    Answer again = told(of, fleet.post("/api/v1/ingest", sent.body()));
                    assertThat(again.at("/duplicate").asBoolean()).isTrue();
                    of.duplicate += again.at("/accepted").asLong();
                }
            }
            if (number == size.batches() / 3) {
                story.tell("kill -9 of the process that stores");
                six.kill(Service.QUERY_API);
            }
        }
        story.tell("%d samples sent", load.samplesMade());
        six.restart(Service.QUERY_API);
        story.tell("the process that stores is back");
        expected.forEach((host, of) -> {
            JsonNode ledger = ledger(six, host, false);
            assertThat(ledger.path("balanced").asBoolean())
                    .as(ledger.toString())
                    .isTrue();
            assertThat(ledger.path("accepted").asLong()).as("%s", ledger).isEqualTo(of.accepted);
        });
        story.tell("what is in flight is counted");
        addsUp(six, expected);

        String last = receipt;
        JsonNode fate = six.api(Service.QUERY_API, "fleet")
                .strong()
                .get("/api/v1/ingest/receipts/" + last)
                .json();
        assertThat(fate.path("state").asText()).as(fate.toString()).isEqualTo("stored");
        assertThat(fate.path("records").get(0).path("host").asText()).isEqualTo("ledger-" + (HOSTS - 1));
        JsonNode refused = six.api(Service.QUERY_API, "operator")
                .strong()
                .get("/api/v1/quarantine?host=ledger-0")
                .json();
        assertThat(refused.path("total").asInt())
                .as("wrong samples of a hundred batches")
                .isBetween(Math.min(size.batches(), 100), 10 * size.batches());
        assertThat(refused.at("/quarantine/0/code").asText()).isEqualTo("bad_value");

        story.tell("everything again, under other names");
        int number = 0;
        for (Sent sent : all) {
            Map<String, Object> renamed = new HashMap<>(sent.body());
            renamed.put("batch", "second/" + number++);
            Expected of = expected.computeIfAbsent(String.valueOf(renamed.get("host")), name -> new Expected());
            Answer answer = told(of, fleet.post("/api/v1/ingest", renamed));
            of.duplicate += answer.at("/accepted").asLong();
        }
        addsUp(six, expected);
    }

    private Answer told(Expected of, Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        of.accepted += answer.at("/accepted").asLong();
        of.rejected += answer.at("/rejected").asLong();
        return answer;
    }

    private void addsUp(SixProcesses six, Map<String, Expected> expected) {
        story.holdsWithin(
                BOOKED_WITHIN,
                "the ledger of every host adds up",
                () -> expected.forEach((host, of) -> {
                    JsonNode ledger = ledger(six, host, true);
                    assertThat(ledger.path("accepted").asLong())
                            .as("%s", ledger)
                            .isEqualTo(of.accepted);
                    assertThat(ledger.path("rejected").asLong())
                            .as("%s", ledger)
                            .isEqualTo(of.rejected);
                    assertThat(ledger.path("duplicate").asLong())
                            .as("%s", ledger)
                            .isEqualTo(of.duplicate);
                    assertThat(ledger.path("late").asLong()).as("%s", ledger).isEqualTo(of.late);
                    assertThat(ledger.path("stored").asLong())
                            .as("%s", ledger)
                            .isEqualTo(of.accepted - of.duplicate - of.late);
                    assertThat(ledger.path("in_flight").asLong()).isZero();
                    assertThat(ledger.path("balanced").asBoolean()).isTrue();
                }));
        expected.forEach((host, of) -> assertThat(stored(six, host))
                .as("samples of %s in the table", host)
                .isEqualTo(of.accepted - of.duplicate));
    }

    /** The work is done, the answer is lost, and the sender tries again. */
    private void lostAnswers(SixProcesses six, FlawedLoad load, int cuts) {
        Api fleet = six.api(Service.INGEST, "fleet");
        try (TcpProxy proxy = TcpProxy.to(six.address(Service.INGEST))) {
            Api cut = new Api(proxy.address(), six.tokens().of("fleet"));
            proxy.become(new Fault.CutAfter(Fault.Direction.TO_CLIENT, 0));
            long accepted = 0;
            for (int i = 0; i < cuts; i++) {
                Map<String, Object> body = load.plain("cut-host", "cut/" + i, i);
                boolean answered = answers(cut, body);
                assertThat(answered).isFalse();
                Answer again = fleet.post("/api/v1/ingest", body);
                assertThat(again.status()).as(again.toString()).isEqualTo(200);
                assertThat(again.at("/duplicate").asBoolean()).as("cut %d", i).isTrue();
                accepted += again.at("/accepted").asLong();
            }
            assertThat(proxy.cuts()).isEqualTo(cuts);
            JsonNode ledger = ledger(six, "cut-host", true);
            assertThat(ledger.path("stored").asLong()).as("%s", ledger).isEqualTo(accepted);
            assertThat(ledger.path("duplicate").asLong()).as("%s", ledger).isEqualTo(accepted);
            assertThat(stored(six, "cut-host")).isEqualTo(accepted);
        }
        story.tell("%d answers were lost and nothing else", cuts);
    }

    private static boolean answers(Api api, Map<String, Object> body) {
        try {
            api.post("/api/v1/ingest", body);
            return true;
        } catch (UncheckedIOException lost) {
            return false;
        }
    }

    /** The same batch at once to two instances that do not know of one another. */
    private void twoInstancesAtOnce(SixProcesses six, FlawedLoad load, int races) {
        URI other = six.another(Service.INGEST);
        story.tell("a second ingest is ready");
        Api first = six.api(Service.INGEST, "fleet");
        Api second = new Api(other, six.tokens().of("fleet"));
        long accepted = 0;
        for (int i = 0; i < races; i++) {
            Map<String, Object> body = load.plain("race-host", "race/" + i, i);
            CompletableFuture<Answer> rival = CompletableFuture.supplyAsync(() -> second.post("/api/v1/ingest", body));
            Answer answer = first.post("/api/v1/ingest", body);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(rival.join().status()).as(rival.join().toString()).isEqualTo(200);
            accepted += answer.at("/accepted").asLong();
        }
        JsonNode ledger = ledger(six, "race-host", true);
        assertThat(ledger.path("stored").asLong()).as("%s", ledger).isEqualTo(accepted);
        assertThat(ledger.path("duplicate").asLong()).as("%s", ledger).isEqualTo(accepted);
        assertThat(stored(six, "race-host")).isEqualTo(accepted);
        story.tell("%d pairs raced and counted once", races);
    }

    /** A host that starts over counts its batches from 0 again. */
    private void rebootedHosts(SixProcesses six, FlawedLoad load) {
        Api fleet = six.api(Service.INGEST, "fleet");
        for (String boot : new String[] {"a", "b"}) {
            for (int i = 0; i < 10; i++) {
                int at = boot.equals("a") ? i : 10 + i;
                Answer own = fleet.post("/api/v1/ingest", load.plain("boot-host", boot + "/" + i, at));
                assertThat(own.at("/duplicate").asBoolean()).as(own.toString()).isFalse();
                Answer nameless = fleet.post("/api/v1/ingest", load.plain("boot-host-2", "seq/" + i, at));
                assertThat(nameless.at("/duplicate").asBoolean())
                        .as(nameless.toString())
                        .isFalse();
            }
        }
        for (String host : new String[] {"boot-host", "boot-host-2"}) {
            JsonNode ledger = ledger(six, host, true);
            assertThat(ledger.path("duplicate").asLong()).as("%s", ledger).isZero();
            assertThat(ledger.path("stored").asLong()).as("%s", ledger).isEqualTo(20L * FlawedLoad.FIELDS);
        }
        story.tell("a number that comes again after a reboot is no duplicate");
    }

    private JsonNode ledger(SixProcesses six, String host, boolean strong) {
        Api api = six.api(Service.QUERY_API, "viewer");
        String day = LocalDate.ofInstant(begin, ZoneOffset.UTC).toString();
        Answer answer = (strong ? api.strong() : api).get("/api/v1/hosts/" + host + "/ledger?day=" + day);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static long stored(SixProcesses six, String host) {
        return six.database()
                .number("select coalesce(sum(cardinality(values)), 0) from raw_point r"
                        + " join subject s on s.id = r.subject_id where s.host = '" + host + "'");
    }
}
