package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.endtoend.CommandLineRun.Terminal;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator of six processes, one of which is gone. */
@Tag("story")
@ExtendWith(SharedSix.class)
final class OperatorOfSixStoryTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void theServiceThatIsGoneIsNamedAndItsReturnIsSeen(SixProcesses six) {
        Story story = Story.begin("a service is gone");
        Terminal terminal =
                new Terminal(six.address(Service.GATEWAY), six.tokens().folder().resolve("admin"));
        CommandLineRun sent = terminal.peerscope(
                "verify-metrics",
                "--json",
                "--ingest-url",
                six.address(Service.INGEST).toString());
        assertThat(sent.exitCode()).as(sent.toString()).isZero();
        assertThat(doctor(terminal, six).exitCode()).isZero();
        try (RecordingWebhook webhook = RecordingWebhook.start()) {
            six.api(Service.QUERY_API, "admin").post("/api/v1/channels", webhook.channel("drill-six", Map.of()));
            six.kill(Service.NOTIFIER);
            CommandLineRun sick = doctor(terminal, six);
            assertThat(sick.exitCode()).as(sick.toString()).isEqualTo(3);
            assertThat(sick.verdict("service notifier")).isEqualTo("failed");
            assertThat(sick.verdict("service alert")).isEqualTo("ok");
            assertThat(sick.verdict("ledger")).isEqualTo("ok");
            CommandLineRun unheard = terminal.peerscope("test-notification", "drill-six", "--timeout", "2");
            assertThat(unheard.exitCode()).as(unheard.toString()).isEqualTo(1);
            assertThat(unheard.out()).contains("notifier-service delivers");
            story.tell("the notifier is gone, and the doctor says so");

            six.restart(Service.NOTIFIER);
            story.holdsWithin(SOON, "what was asked for meanwhile is delivered", () -> assertThat(webhook.messages())
                    .isNotEmpty());
            assertThat(doctor(terminal, six).exitCode()).isZero();
        } finally {
            six.api(Service.QUERY_API, "admin").delete("/api/v1/channels/drill-six");
        }
    }

    private static CommandLineRun doctor(Terminal terminal, SixProcesses six) {
        List<String> words = new ArrayList<>(List.of("doctor", "--json"));
        Map.of("ingest", Service.INGEST, "aggregator", Service.AGGREGATOR, "alert", Service.ALERT)
                .forEach((name, service) -> words.addAll(List.of("--service", name + "=" + six.address(service))));
        words.addAll(List.of("--service", "notifier=" + six.address(Service.NOTIFIER)));
        words.addAll(List.of("--service", "query-api=" + six.address(Service.QUERY_API)));
        return terminal.peerscope(words.toArray(String[]::new));
    }
}
