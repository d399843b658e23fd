package io.peerscope.notify.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/**
 * Looks for names and texts that a form of messages does not stand, each for as long as {@code ./test --fuzz} says. What
 * it has found stays in the corpus, which {@link CorpusTest} runs in every build without Jazzer and its agent.
 */
@Tag("fuzz")
final class FormsFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void mail(byte[] input) {
        Target.MAIL.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void slack(byte[] input) {
        Target.SLACK.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void discord(byte[] input) {
        Target.DISCORD.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void alertmanager(byte[] input) {
        Target.ALERTMANAGER.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void sms(byte[] input) {
        Target.SMS.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void webhook(byte[] input) {
        Target.WEBHOOK.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void action(byte[] input) {
        Target.ACTION.take(input);
    }
}
