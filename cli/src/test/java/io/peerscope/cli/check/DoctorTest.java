package io.peerscope.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Patience;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step;
import io.peerscope.cli.report.Step.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the doctor makes of what he is told. He before the real thing is in the stories. */
class DoctorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String HEALTH = "/q/health";
    private static final String CHAIN = "/api/v1/audit/chain";
    private static final String REALTIME = "/api/v1/metrics/realtime";
    private static final String TOKENS = "/api/v1/tokens";

    private final FakeServer server = new FakeServer();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void wellAndAnAdmin() {
        server.says(HEALTH, "{\"status\":\"UP\",\"checks\":[{\"name\":\"gateway\",\"status\":\"UP\"}]}")
                .says("/api/v1/session", "{\"role\":\"admin\"}")
                .says(
                        CHAIN,
                        "{\"whole\":true,\"entries\":7,\"until\":null,\"fault_count\":0,\"faults\":[],\"restores\":[]}")
                .says(TOKENS, "{\"tokens\":[],\"total\":0}");
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private Step step(String name) {
        Console console =
                new Console(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false, false);
        Report report = new Report("doctor", console);
        Duration shortly = Duration.ofSeconds(5);
        new Doctor(
                        new Server(http, server.address(), Optional.of("t"), shortly),
                        Map.of(),
                        InstantSource.fixed(NOW),
                        new Patience(console, shortly))
                .examine(report);
        return report.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void healthOnTheOperatorsPortIsNoFault() {
        server.says(HEALTH, 404, "{\"status\":404,\"code\":\"not_found\"}");

        Step service = step("service");

        assertThat(service.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(service.detail()).contains("peerscope.operator.port", "--service NAME=URL");
        assertThat(step("credential").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anotherPrograms404IsAFault() {
        server.says(HEALTH, 404, "<html>Not Found</html>");

        Step service = step("service");

        assertThat(service.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(service.detail()).contains("does not answer as Peerscope does (404)");
    }

    @Test
    void whatIsDownIsNamedWithItsReason() {
        server.says(
                HEALTH,
                503,
                "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"query-api\",\"status\":\"DOWN\","
                        + "\"data\":{\"database\":\"refused\"}}]}");

        assertThat(step("service").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(step("service").detail()).contains("query-api (database: refused)");
    }

    @Test
    void aWholeLogIsCounted() {
        assertThat(step("audit log").verdict()).isEqualTo(Verdict.OK);
        assertThat(step("audit log").detail()).isEqualTo("7 entries, unbroken until now");
    }

    @Test
    void aBrokenLogNamesItsFirstFault() {
        server.says(
                CHAIN,
                "{\"whole\":false,\"entries\":7,\"fault_count\":2,\"faults\":[{\"entry\":3,\"fault\":\"changed\"}],"
                        + "\"restores\":[]}");

        Step log = step("audit log");

        assertThat(log.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(log.detail()).isEqualTo("2 faults, the first at entry 3: changed");
        assertThat(log.cure()).contains("docs/troubleshooting.md");
    }

    @Test
    void aRestoreFromABrokenLogIsSaid() {
        String restored = "{\"whole\":true,\"entries\":9,\"until\":null,\"fault_count\":0,\"faults\":[],\"restores\":"
                + "[{\"archive\":\"a.tar\",\"at\":\"2026-11-20T00:00:00Z\",\"told\":{\"faults\":%d}}]}";

        server.says(CHAIN, restored.formatted(0));
        assertThat(step("audit log").verdict()).isEqualTo(Verdict.OK);
        assertThat(step("audit log").detail()).contains("restored from a.tar at 2026-11-20T00:00:00Z");

        server.says(CHAIN, restored.formatted(4));
        assertThat(step("audit log").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(step("audit log").detail()).contains("whose own log had 4 faults");
    }

    @Test
    void whoIsNoAdminIsNotAskedForThem() {
        server.says("/api/v1/session", "{\"role\":\"viewer\"}");

        assertThat(step("credential").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(step("audit log").verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(step("tokens").verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void aTokenThatEndsIsAWarningUnlessSomethingTakesItsPlace() {
        assertThat(step("tokens").verdict()).isEqualTo(Verdict.OK);

        server.says(TOKENS, tokens("expiring", true, "2026-11-01T00:00:00Z"));
        assertThat(step("tokens").verdict()).isEqualTo(Verdict.OK);

        server.says(TOKENS, tokens("expiring", true, "2026-11-22T09:59:00Z"));
        assertThat(step("tokens").verdict()).as("still in use").isEqualTo(Verdict.WARNING);

        server.says(TOKENS, tokens("expired", false, "2026-11-01T00:00:00Z"));
        assertThat(step("tokens").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(step("tokens").detail()).isEqualTo("id1 of h1 expired 2026-11-22T00:00:00Z");
        assertThat(step("tokens").cure()).contains("peerscope token rotate HOST");
    }

    private static String tokens(String status, boolean replaced, String used) {
        return "{\"tokens\":[{\"id\":\"id1\",\"host\":\"h1\",\"expires_at\":\"2026-11-22T00:00:00Z\",\"status\":\"%s\",\"replaced\":%s,\"last_used_at\":\"%s\"}]}"
                .formatted(status, replaced, used);
    }

    @Test
    void aServerThatCannotSayIsNotWell() {
        server.says(TOKENS, 503, "{\"status\":503,\"code\":\"unavailable\",\"detail\":\"the database is away\"}");

        assertThat(step("tokens").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(step("tokens").detail()).contains("503", "the database is away");
    }

    @Test
    void theFirstTotalsOfANetworkAreWaitedFor() {
        server.saysOnce(REALTIME, "{\"as_of\":null}")
                .says(REALTIME, "{\"as_of\":\"2026-11-22T09:59:58Z\",\"active_hosts\":3}");

        assertThat(step("live view").verdict()).isEqualTo(Verdict.OK);
        assertThat(step("live view").detail()).isEqualTo("2 s old, 3 active hosts");
    }

    @Test
    void aLedgerThatNobodyHasLookedAtIsNotBalanced() {
        assertThat(step("ledger").detail()).contains("--service query-api=");

        server.says("/metrics", "peerscope_ledger_unbalanced_accounts{service=\"query-api\"} NaN\n");
        assertThat(step("ledger").verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(step("ledger").detail()).contains("not looked yet");

        server.says("/metrics", "peerscope_ledger_unbalanced_accounts{service=\"query-api\"} 0.0\n");
        assertThat(step("ledger").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anOlderServerHasNoTokensThatEnd() {
        server.says(TOKENS, 404, "{\"status\":404,\"code\":\"not_found\"}");

        assertThat(step("tokens").verdict()).isEqualTo(Verdict.SKIPPED);
    }
}
