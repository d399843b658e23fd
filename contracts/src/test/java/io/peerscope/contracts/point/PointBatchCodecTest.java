package io.peerscope.contracts.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.TextFormat;
import com.google.protobuf.UnknownFieldSet;
import io.peerscope.contracts.Golden;
import io.peerscope.contracts.Samples;
import io.peerscope.contracts.proto.PointEntry;
import io.peerscope.contracts.proto.ShapeEntry;
import io.peerscope.contracts.proto.SubjectEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the hand-written codec to points.proto: the generated classes and ours read one another. */
class PointBatchCodecTest {
    private final PointBatch batch = Samples.pointBatch();

    @Test
    void isWrittenAsTheGoldenBytes() {
        Golden.assertBytes("point-batch.hex", PointBatchCodec.encode(batch));
    }

    @Test
    void isReadFromTheGoldenBytes() {
        assertThat(PointBatchCodec.decode(Golden.bytes("point-batch.hex"))).isEqualTo(batch);
    }

    @Test
    void generatedClassesReadTheSameContent() throws IOException {
        var message = io.peerscope.contracts.proto.PointBatch.parseFrom(PointBatchCodec.encode(batch));
        assertThat(message.getUnknownFields().asMap()).isEmpty();
        Golden.assertText("point-batch.textproto", TextFormat.printer().printToString(message));
    }

    @Test
    void readsWhatGeneratedClassesWrote() throws IOException {
        var message = io.peerscope.contracts.proto.PointBatch.parseFrom(PointBatchCodec.encode(batch));
        assertThat(PointBatchCodec.decode(message.toByteArray())).isEqualTo(batch);
    }

    @Test
    void carriesTypesAndEveryBitOfNumbersThatAreNone() throws IOException {
        PointBatch foreign = Samples.foreignBatch();
        byte[] bytes = PointBatchCodec.encode(foreign);
        Golden.assertBytes("point-batch-foreign.hex", bytes);
        var message = io.peerscope.contracts.proto.PointBatch.parseFrom(bytes);
        assertThat(message.getUnknownFields().asMap()).isEmpty();
        Golden.assertText("point-batch-foreign.textproto", TextFormat.printer().printToString(message));
        for (byte[] form : List.of(bytes, message.toByteArray())) {
            PointBatch decoded = PointBatchCodec.decode(form);
            assertThat(decoded).isEqualTo(foreign);
            for (int point = 0; point < 2; point++) {
                assertThat(bits(decoded.points().get(point)))
                        .isEqualTo(bits(foreign.points().get(point)));
            }
        }
    }

    private static long[] bits(Point point) {
        return Arrays.stream(point.values())
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
    }

    @Test
    void aTypeOfALaterVersionSaysNothingAndAMissingOneToo() {
        var message = io.peerscope.contracts.proto.PointBatch.newBuilder()
                .addAllStrings(List.of("", "host", "a", "b", "c"))
                .setHost("h9")
                .setReceivedAt(1000)
                .addSubjects(SubjectEntry.newBuilder().setKind(1))
                .addShapes(ShapeEntry.newBuilder()
                        .addAllFields(List.of(2, 3, 4))
                        .addTypesValue(2)
                        .addTypesValue(9))
                .addPoints(PointEntry.newBuilder().addAllValues(List.of(1.0, 2.0, 3.0)))
                .build();
        assertThat(PointBatchCodec.decode(message.toByteArray())
                        .points()
                        .getFirst()
                        .shape())
                .isEqualTo(Shape.typed(new String[] {"a", "b", "c"}, new byte[] {2, 0, 0}));
    }

    @Test
    void readsABatchThatOnlyTheSchemaKnows() {
        var message = io.peerscope.contracts.proto.PointBatch.newBuilder()
                .addAllStrings(List.of("", "host", "cpu_usage", "mood", "fine"))
                .setHost("h9")
                .setReceivedAt(1000)
                .addSubjects(SubjectEntry.newBuilder().setKind(1))
                .addShapes(ShapeEntry.newBuilder().addFields(2))
                .addPoints(PointEntry.newBuilder()
                        .setTimeOffset(-7)
                        .addValues(0.5)
                        .addStates(3)
                        .addStates(4))
                .build();
        assertThat(PointBatchCodec.decode(message.toByteArray()))
                .isEqualTo(new PointBatch(
                        "h9",
                        "",
                        0,
                        1000,
                        "",
                        0,
                        false,
                        List.of(Point.of(
                                new Subject("h9", "host", Labels.none()),
                                993,
                                Map.of("cpu_usage", 0.5),
                                Map.of("mood", "fine")))));
    }

    @Test
    void skipsFieldsOfLaterVersionsOnEveryLevel() throws IOException {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(
                        77,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(5)
                                .addFixed32(1)
                                .addFixed64(2)
                                .addLengthDelimited(com.google.protobuf.ByteString.copyFromUtf8("new"))
                                .addGroup(UnknownFieldSet.getDefaultInstance())
                                .build())
                .build();
        var message = io.peerscope.contracts.proto.PointBatch.parseFrom(PointBatchCodec.encode(batch)).toBuilder();
        message.setUnknownFields(later);
        message.getSubjectsBuilderList().forEach(subject -> subject.setUnknownFields(later));
        message.getShapesBuilderList().forEach(shape -> shape.setUnknownFields(later));
        message.getPointsBuilderList().forEach(point -> point.setUnknownFields(later));
        assertThat(PointBatchCodec.decode(message.build().toByteArray())).isEqualTo(batch);
    }

    @Test
    void theSameBatchAlwaysMakesTheSameBytes() {
        byte[] bytes = PointBatchCodec.encode(batch);
        assertThat(PointBatchCodec.encode(PointBatchCodec.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void anEncoderKeepsNothingOfTheBatchBefore() {
        PointBatchEncoder encoder = new PointBatchEncoder();
        for (PointBatch each : List.of(batch, manySubjects(), Samples.foreignBatch(), manySubjects(), batch)) {
            assertThat(encoder.encode(each)).isEqualTo(PointBatchCodec.encode(each));
            assertThat(PointBatchCodec.decode(encoder.encode(each))).isEqualTo(each);
        }
    }

    /** More than are looked through one by one, and in turn. */
    private static PointBatch manySubjects() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Subject subject = new Subject("h", Subject.CONNECTION, Labels.of("peer", "p\u00fc" + i % 40));
            points.add(Point.of(subject, 1_000 + i, Map.of("field_" + i % 30, 1.0 * i)));
        }
        return new PointBatch("h", "", 0, 1_000, "r", 0, false, points);
    }

    @Test
    void carriesTheEdgesOfItsNumbers() {
        Subject subject = new Subject("h1", "host", Labels.none());
        PointBatch edges = new PointBatch(
                "h1",
                "",
                Long.MAX_VALUE,
                1,
                "",
                Long.MIN_VALUE,
                false,
                List.of(
                        Point.of(subject, 0, Map.of("a", -0.0, "b", Double.MIN_VALUE, "c", -Double.MAX_VALUE)),
                        Point.of(subject, Long.MAX_VALUE, Map.of()),
                        Point.of(subject, -Long.MAX_VALUE, Map.of("ä€😀", 1.0))));
        assertThat(PointBatchCodec.decode(PointBatchCodec.encode(edges))).isEqualTo(edges);
    }

    @Test
    void writesTextOnceHoweverManyPoints() {
        Subject subject = new Subject("h1", "connection", Labels.of("peer", "a-peer-with-a-long-name"));
        List<Point> points = java.util.stream.LongStream.range(0, 1000)
                .mapToObj(i -> Point.of(subject, i * 5000, Map.of("latency_ms", (double) i)))
                .toList();
        byte[] bytes = PointBatchCodec.encode(new PointBatch("h1", "", 0, 0, "", 0, false, points));
        assertThat(bytes.length / 1000.0).isLessThan(18);
    }

    @Test
    void refusesToWriteAnotherHostsPoint() {
        PointBatch wrong = new PointBatch("h2", "", 0, 0, "", 0, false, batch.points());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PointBatchCodec.encode(wrong))
                .withMessage("a point of h1 in a batch of h2");
    }
}
