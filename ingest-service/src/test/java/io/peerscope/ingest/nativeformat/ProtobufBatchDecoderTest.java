package io.peerscope.ingest.nativeformat;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.admission.Verdict;
import io.peerscope.ingest.protobuf.ProtoMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtobufBatchDecoderTest {
    private final ProtobufBatchDecoder decoder = new ProtobufBatchDecoder(100);

    private Draft decode(ProtoMessage message) throws UndecodableException {
        return decoder.decode(message.bytes(), message.bytes().length);
    }

    private static ProtoMessage message() {
        ProtoMessage message = new ProtoMessage();
        List.of("", "map", "name", "arena", "players", "tick", "map_status", "online")
                .forEach(text -> message.text(1, text));
        return message.text(2, "h1").text(3, "b7").integer(4, NOW + 5);
    }

    private static ProtoMessage tables() {
        return message()
                .message(8, new ProtoMessage())
                .message(8, new ProtoMessage().integer(1, 1).packed(2, 2, 3))
                .message(9, new ProtoMessage().packed(1, 4, 5).packed(2, 1, 2));
    }

    @Test
    void readsWhatASenderWrites() throws Exception {
        Draft draft =
                decode(tables().message(10, new ProtoMessage().zigzag(3, NOW).numbers(4, 1, 2))
                        .message(
                                10,
                                new ProtoMessage()
                                        .integer(1, 1)
                                        .zigzag(3, NOW - 1000)
                                        .numbers(4, 3, 4)
                                        .packed(5, 6, 7))
                        .integer(11, 1));

        assertThat(draft.host()).isEqualTo("h1");
        assertThat(draft.batch()).isEqualTo("b7");
        assertThat(draft.sentAt()).isEqualTo(NOW + 5);
        assertThat(draft.labels()).containsExactly("simulated", "true");
        DraftPoint first = draft.points().getFirst();
        assertThat(first.kind()).isEqualTo("host");
        assertThat(first.timestamp()).isEqualTo(NOW);
        assertThat(first.names().name(1)).isEqualTo("tick");
        assertThat(first.names().type(1)).isEqualTo(FieldType.COUNTER);
        DraftPoint second = draft.points().getLast();
        assertThat(second.kind()).isEqualTo("map");
        assertThat(second.labels()).containsExactly("name", "arena");
        assertThat(second.values()).containsExactly(3, 4);
        assertThat(second.states()).containsExactly("map_status", "online");
    }

    @Test
    void timesCountFromReceivedAtAndWithoutEitherTheyAreUnknown() throws Exception {
        ProtoMessage batch = tables().integer(5, NOW).integer(7, 99);
        batch.message(10, new ProtoMessage().zigzag(3, -250).numbers(4, 1, 2));
        assertThat(decode(batch).points().getFirst().timestamp()).isEqualTo(NOW - 250);

        ProtoMessage without = tables().message(10, new ProtoMessage().numbers(4, 1, 2));
        assertThat(decode(without).points().getFirst().timestamp()).isEqualTo(Draft.NO_TIME);

        ProtoMessage beyond = tables().integer(5, Long.MAX_VALUE);
        beyond.message(10, new ProtoMessage().zigzag(3, 7).numbers(4, 1, 2));
        assertThat(decode(beyond).points().getFirst().timestamp()).isEqualTo(Draft.BAD_TIME);
    }

    @Test
    void ourOwnCodecCanWriteIt() throws Exception {
        Point load = new Point(
                new Subject("h1", "host", Labels.none()),
                NOW - 40,
                Shape.sorted("cpu_usage", "load1"),
                new double[] {93.5, 2},
                Map.of());
        Point map = new Point(
                new Subject("h1", "map", Labels.of("map", "arena")),
                NOW,
                Shape.sorted("player_count"),
                new double[] {12},
                Map.of("map_status", "online"));
        PointBatch sent = new PointBatch("h1", "b7", NOW, NOW - 10, "", 0, true, List.of(load, map));
        byte[] body = PointBatchCodec.encode(sent);

        Admission admission = new Admission(MetricCatalogue.load(), new ClockSkew(1), Limits.standard());
        Verdict verdict = admission.judge(decoder.decode(body, body.length), new Sender.OneHost("h1"), NOW, "r");

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Admitted.class, admitted -> {
            assertThat(admitted.batch().points()).containsExactly(load, map);
            assertThat(admitted.batch().simulated()).isTrue();
            assertThat(admitted.batch().receivedAt()).isEqualTo(NOW);
        });
    }

    @Test
    void repeatedFieldsMayComeOneByOne() throws Exception {
        ProtoMessage batch = message()
                .message(8, new ProtoMessage().integer(1, 1).integer(2, 2).integer(2, 3))
                .message(9, new ProtoMessage().integer(1, 4).integer(1, 5).integer(2, 1))
                .message(10, new ProtoMessage().zigzag(3, NOW).number(4, 1).number(4, 2));

        DraftPoint point = decode(batch).points().getFirst();
        assertThat(point.labels()).containsExactly("name", "arena");
        assertThat(point.values()).containsExactly(1, 2);
        assertThat(point.names().type(0)).isEqualTo(FieldType.GAUGE);
    }

    @Test
    void whatDoesNotFitTogetherIsNoBatch() {
        refused(tables().message(10, new ProtoMessage().numbers(4, 1)), "1 values for 2 fields");
        refused(tables().message(10, new ProtoMessage().integer(1, 2).numbers(4, 1, 2)), "subject 2 of 2");
        refused(tables().message(10, new ProtoMessage().integer(2, 7).numbers(4, 1, 2)), "shape 7 of 1");
        refused(tables().message(10, new ProtoMessage().numbers(4, 1, 2).packed(5, 6)), "a state without its value");
        refused(message().message(9, new ProtoMessage().packed(1, 99)), "string 99 of 8");
        refused(message().message(9, new ProtoMessage().packed(1, -1)), "string");
        refused(message().message(8, new ProtoMessage().packed(2, 2)), "a label without its value");
        refused(message().message(8, new ProtoMessage().packed(2, 2, 3, 2, 3)), "stands twice");
        refused(tables().message(10, new ProtoMessage()).integer(5, NOW), "values for");
        refused(new ProtoMessage().bytes(2, new byte[] {(byte) 0xff}), "UTF-8");
        refused(new ProtoMessage().raw(10 << 3 | 2).raw(1_000_000), "beyond the end");
        refused(new ProtoMessage().raw(10 << 3 | 3), "wire type 3");
    }

    private void refused(ProtoMessage message, String why) {
        assertThatThrownBy(() -> decode(message))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED))
                .hasMessageContaining(why);
    }

    @Test
    void morePointsThanAreAllowedAreTooMany() {
        ProtoMessage batch = tables();
        for (int i = 0; i <= 100; i++) {
            batch.message(10, new ProtoMessage().zigzag(3, NOW - i).numbers(4, 1, 2));
        }
        assertThatThrownBy(() -> decode(batch))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_POINTS));
    }
}
