package io.peerscope.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.peerscope.contracts.Golden;
import io.peerscope.contracts.Samples;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.point.MalformedRecordException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON shapes of topics and answers. The files are indented for the reader; the wire is not. */
class JsonGoldenTest {
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter()
            .withArrayIndenter(new DefaultIndenter("  ", "\n"))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));

    static Stream<Arguments> shapes() {
        return Stream.of(
                of("alert.json", Samples.alert()),
                of("alert-event.json", Samples.alertEvent()),
                of("alert-command.json", Samples.alertCommand()),
                of("silence.json", Samples.silence()),
                of("host-live.json", Samples.hostLive()),
                of("setting-record.json", Samples.settingRecord()),
                of("network-event.json", Samples.networkEvent()),
                of("receipt-record.json", Samples.receiptRecord()),
                of("network-live.json", Samples.networkLive()),
                of("credential.json", Samples.credential()),
                of("channel.json", Samples.channel()),
                of("outbox-message.json", Samples.outboxMessage()),
                of("delivery-record.json", Samples.deliveryRecord()),
                of("inhibition.json", Samples.inhibition()),
                of("held-record.json", Samples.heldRecord()),
                of("problem.json", Samples.problem()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isWrittenAsTheFileSays(String file, Object value) throws IOException {
        Golden.assertText(file, pretty(Json.encode(value)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isReadFromTheFile(String file, Object value) {
        assertThat((Object) Json.decode(Golden.text(file).getBytes(UTF_8), value.getClass()))
                .isEqualTo(value);
    }

    @Test
    void linksOfAVersionThatDidNotTellOfTrafficAreRead() {
        byte[] old = "{\"fresh\":2,\"impaired\":1,\"average_latency_ms\":null}".getBytes(UTF_8);
        assertThat(Json.decode(old, LinksLive.class)).isEqualTo(new LinksLive(2, 1, null));
    }

    @Test
    void aChannelOfAVersionThatKnewNoTurnsIsToldAtOnceAndAtAnyHour() {
        Channel old = Json.decode(Golden.text("channel-before-turns.json").getBytes(UTF_8), Channel.class);
        assertThat(old.turn()).isEqualTo(Channel.Turn.atOnce());
        assertThat(old.action()).isNull();
        assertThat(old.repeats()).isEmpty();
        assertThat(old.interest()).isEqualTo(Samples.channel().interest());
        assertThat(old.target()).isEqualTo(Samples.channel().target());
    }

    @Test
    void aMessageOfAVersionThatKnewNoContributorsHasNone() {
        String old = Golden.text("outbox-message.json").replaceFirst("(?s),\\s*\"contributors\".*", "}");
        assertThat(Json.decode(old.getBytes(UTF_8), OutboxMessage.class))
                .isEqualTo(Samples.outboxMessage().with(List.of()));
    }

    @Test
    void aDeliveryOfAVersionThatKnewNoFallbacksIsRead() {
        DeliveryRecord old =
                Json.decode(Golden.text("delivery-record-before-fallbacks.json").getBytes(UTF_8), DeliveryRecord.class);
        assertThat(old.failures()).isZero();
        assertThat(old.fallback()).isNull();
        assertThat(old.attempts()).isEqualTo(2);
    }

    @Test
    void onlyAClosedAddressHasAMark() {
        DeliveryRecord gone = new DeliveryRecord(
                "m-1",
                "ops-hook",
                MessageType.FIRING,
                DeliveryRecord.Status.FAILED,
                1,
                Samples.deliveryRecord().at(),
                "gone",
                "HTTP 410",
                null,
                List.of(),
                1,
                null,
                "0123456789abcdef");
        assertThat(Json.decode(Json.encode(gone), DeliveryRecord.class)).isEqualTo(gone);
        assertThat(Json.encode(Samples.deliveryRecord())).asString().doesNotContain("closed");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void ignoresWhatALaterVersionAdds(String file, Object value) {
        String later = Golden.text(file).replaceFirst("\\{", "{\"added_later\": {\"a\": [1]},");
        assertThat((Object) Json.decode(later.getBytes(UTF_8), value.getClass()))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void damagedTextIsMalformedAndNothingElse(String file, Object value) {
        byte[] text = Json.encode(value);
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = text.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
            }
            try {
                Json.decode(damaged, value.getClass());
            } catch (MalformedRecordException expected) {
                // what readers are prepared for
            }
        }
    }

    private static String pretty(byte[] json) throws IOException {
        return Json.mapper().writer(PRETTY).writeValueAsString(Json.mapper().readTree(json)) + "\n";
    }
}
