package io.peerscope.contracts.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import com.google.protobuf.UnknownFieldSet;
import io.peerscope.contracts.Golden;
import io.peerscope.contracts.Samples;
import io.peerscope.contracts.point.Shape;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the hand-written codec to rollups.proto: the generated classes and ours read one another. */
class RollupBatchCodecTest {
    private final RollupBatch batch = Samples.rollupBatch();

    @Test
    void isWrittenAsTheGoldenBytes() {
        Golden.assertBytes("rollup-batch.hex", RollupBatchCodec.encode(batch));
    }

    @Test
    void isReadFromTheGoldenBytes() {
        assertSame(RollupBatchCodec.decode(Golden.bytes("rollup-batch.hex")), batch);
    }

    /** Neither times, nor the first values of what is no counter. */
    @Test
    void isReadAsItWasWrittenBefore() {
        RollupBatch before = RollupBatchCodec.decode(Golden.bytes("rollup-batch-before-times.hex"));
        assertThat(before).usingRecursiveComparison().ignoringFields("rollups").isEqualTo(batch);
        for (int i = 0; i < batch.rollups().size(); i++) {
            Rollup rollup = before.rollups().get(i);
            assertThat(rollup)
                    .usingRecursiveComparison()
                    .ignoringFields("first", "firstTime", "lastTime")
                    .isEqualTo(batch.rollups().get(i));
            assertThat(rollup.firstTime()).isEmpty();
            assertThat(rollup.lastTime()).isEmpty();
        }
        assertThat(before.rollups().get(0).first()).isEmpty();
        assertThat(before.rollups().get(1).first()).containsExactly(50, 41.25);
    }

    @Test
    void generatedClassesReadTheSameContent() throws IOException {
        var message = io.peerscope.contracts.proto.RollupBatch.parseFrom(RollupBatchCodec.encode(batch));
        assertThat(message.getUnknownFields().asMap()).isEmpty();
        Golden.assertText("rollup-batch.textproto", TextFormat.printer().printToString(message));
    }

    @Test
    void readsWhatGeneratedClassesWrote() throws IOException {
        var message = io.peerscope.contracts.proto.RollupBatch.parseFrom(RollupBatchCodec.encode(batch));
        assertSame(RollupBatchCodec.decode(message.toByteArray()), batch);
    }

    @Test
    void skipsFieldsOfLaterVersionsOnEveryLevel() throws IOException {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(
                        77,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(5)
                                .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                .build())
                .build();
        var message = io.peerscope.contracts.proto.RollupBatch.parseFrom(RollupBatchCodec.encode(batch)).toBuilder();
        message.setUnknownFields(later);
        message.getSubjectsBuilderList().forEach(subject -> subject.setUnknownFields(later));
        message.getShapesBuilderList().forEach(shape -> shape.setUnknownFields(later));
        message.getRollupsBuilderList().forEach(rollup -> rollup.setUnknownFields(later));
        message.getLateBuilderList().forEach(late -> late.setUnknownFields(later));
        assertSame(RollupBatchCodec.decode(message.build().toByteArray()), batch);
    }

    @Test
    void carriesABatchOfLateWindowsOnly() {
        RollupBatch late = new RollupBatch("h1", 60_000, List.of(), batch.late(), 0);
        assertSame(RollupBatchCodec.decode(RollupBatchCodec.encode(late)), late);
        RollupBatch none = new RollupBatch("h1", 60_000, batch.rollups(), List.of(), -1);
        assertSame(RollupBatchCodec.decode(RollupBatchCodec.encode(none)), none);
    }

    @Test
    void refusesToWriteAnotherHostsWindow() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RollupBatchCodec.encode(new RollupBatch("h2", 60_000, batch.rollups(), List.of(), -1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RollupBatchCodec.encode(new RollupBatch("h2", 60_000, List.of(), batch.late(), 1)));
    }

    @Test
    void aRowFitsItsFields() {
        assertThatIllegalArgumentException().isThrownBy(() -> row(new double[0], new long[] {1}));
        assertThatIllegalArgumentException().isThrownBy(() -> row(new double[] {1}, new long[] {1, 2}));
    }

    private Rollup row(double[] last, long[] times) {
        double[] one = {1};
        return new Rollup(
                batch.rollups().getFirst().subject(),
                Shape.sorted("a"),
                0,
                new long[] {1},
                one,
                one,
                one,
                last,
                new double[0],
                new double[0],
                new byte[0],
                times,
                times);
    }

    private static void assertSame(RollupBatch actual, RollupBatch expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }
}
