package io.peerscope.contracts.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.of;

import com.google.protobuf.CodedInputStream;
import com.sun.management.ThreadMXBean;
import io.peerscope.contracts.Samples;
import io.peerscope.contracts.proto.PointBatch;
import io.peerscope.contracts.proto.PointEntry;
import io.peerscope.contracts.proto.RollupEntry;
import io.peerscope.contracts.proto.ShapeEntry;
import io.peerscope.contracts.proto.SubjectEntry;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, decoding answers with a batch or with {@link MalformedRecordException}, and takes little memory. */
class HostileBytesTest {
    private static final int MUTATIONS = 100_000;
    /** What a decoder may allocate: something for itself and its exception, and a multiple of what it was given. */
    private static final long ALLOCATION = 64 * 1024;

    private static final long ALLOCATION_PER_BYTE = 128;

    private static final byte[] POINTS = PointBatchCodec.encode(Samples.pointBatch());
    private static final byte[] ROLLUPS = RollupBatchCodec.encode(Samples.rollupBatch());

    static Stream<Arguments> wrongPointBatches() {
        return Stream.of(
                of("a shape that does not exist", points(b -> b.getPointsBuilder(0)
                        .setShape(1))),
                of("a subject that does not exist", points(b -> b.getPointsBuilder(0)
                        .setSubject(9))),
                of("an index beyond 31 bits", points(b -> b.getPointsBuilder(0).setSubject(-1))),
                of("a field name that does not exist", points(b -> b.getShapesBuilder(0)
                        .setFields(0, 99))),
                of("a kind that does not exist", points(b -> b.getSubjectsBuilder(0)
                        .setKind(99))),
                of("a label without its value", points(b -> b.getSubjectsBuilder(0)
                        .addLabels(1))),
                of(
                        "a label with an empty value",
                        points(b -> b.getSubjectsBuilder(0).addLabels(1).addLabels(0))),
                of(
                        "a state that does not exist",
                        points(b -> b.getPointsBuilder(0).addStates(1).addStates(99))),
                of("a state without its value", points(b -> b.getPointsBuilder(0)
                        .addStates(1))),
                of("a value too many", points(b -> b.getPointsBuilder(0).addValues(1))),
                of("a value too few", points(b -> b.getPointsBuilder(0).clearValues())),
                of("labels out of order", points(b -> b.getSubjectsBuilder(0).addAllLabels(List.of(1, 1, 2, 1)))),
                of("a label twice", points(b -> b.getSubjectsBuilder(0).addAllLabels(List.of(1, 1, 1, 1)))),
                of("fields out of order", points(b -> {
                    b.getShapesBuilder(0).clearFields().addFields(1).addFields(2);
                    b.getPointsBuilder(0).addValues(1);
                })),
                of("a field twice", points(b -> {
                    b.getShapesBuilder(0).addFields(2);
                    b.getPointsBuilder(0).addValues(1);
                })),
                of("no host", points(PointBatch.Builder::clearHost)),
                of("another host before the subjects", concat(bytes(2 << 3 | 2, 2, 'h', '9'), points(b -> {}))),
                of("another host after the subjects", concat(points(b -> {}), bytes(2 << 3 | 2, 2, 'h', '9'))),
                of("received_at after the points", concat(points(b -> {}), bytes(5 << 3, 1))),
                of("values one by one instead of packed", unpackedValues()),
                of("text that is not UTF-8", bytes(1 << 3 | 2, 2, 0xC3, 0x28)),
                of("text longer than the record", bytes(1 << 3 | 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x07)),
                of("text of negative length", bytes(1 << 3 | 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F)),
                of("a row longer than the record", concat(points(b -> {}), bytes(10 << 3 | 2, 127, 8, 0))),
                of(
                        "two billion values",
                        concat(points(b -> {}), bytes(10 << 3 | 2, 6, 4 << 3 | 2, 0xF8, 0xFF, 0xFF, 0xFF, 0x07))),
                of(
                        "two billion indexes",
                        concat(points(b -> {}), bytes(9 << 3 | 2, 6, 1 << 3 | 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x07))),
                of("a group that ends without a beginning", concat(points(b -> {}), bytes(12 << 3 | 4))),
                of("groups without end", repeated(bytes(15 << 3 | 3), 100_000)),
                of("field number zero", concat(points(b -> {}), bytes(0, 0))),
                of("a number without end", concat(points(b -> {}), repeated(bytes(0xFF), 20))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongPointBatches")
    void isNoPointBatch(String why, byte[] bytes) {
        assertThat(PointBatchCodec.decode(points(b -> {})).points())
                .as("the specimen")
                .hasSize(1);
        assertThatExceptionOfType(MalformedRecordException.class).isThrownBy(() -> PointBatchCodec.decode(bytes));
        decodeWithinBudget(PointBatchCodec::decode, bytes);
    }

    static Stream<Arguments> wrongRollupBatches() {
        return Stream.of(
                of("a count too many", rollup(r -> r.addCount(1))),
                of("no sums", rollup(RollupEntry.Builder::clearSum)),
                of("a minimum too many", rollup(r -> r.addMin(1))),
                of("no maxima", rollup(RollupEntry.Builder::clearMax)),
                of("no last values", rollup(RollupEntry.Builder::clearLast)),
                of("a subject that does not exist", rollup(r -> r.setSubject(7))),
                of("a shape that does not exist", rollup(r -> r.setShape(7))),
                of("no host", concat(bytes(3 << 3, 60))),
                of("no window", bytes(2 << 3 | 2, 1, 'h')),
                of("a late window of nobody", concat(ROLLUPS, bytes(7 << 3 | 2, 2, 1 << 3, 9))),
                of("two billion counts", concat(ROLLUPS, bytes(6 << 3 | 2, 6, 4 << 3 | 2, 255, 255, 255, 255, 7))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongRollupBatches")
    void isNoRollupBatch(String why, byte[] bytes) {
        assertThatExceptionOfType(MalformedRecordException.class).isThrownBy(() -> RollupBatchCodec.decode(bytes));
        decodeWithinBudget(RollupBatchCodec::decode, bytes);
    }

    @Test
    void aTruncationIsSeenUnlessItEndsBetweenTwoFields() throws IOException {
        Set<Integer> boundaries = new HashSet<>();
        CodedInputStream in = CodedInputStream.newInstance(POINTS);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            in.skipField(tag);
            boundaries.add(in.getTotalBytesRead());
        }
        for (int length = 0; length < POINTS.length; length++) {
            byte[] truncated = Arrays.copyOf(POINTS, length);
            if (boundaries.contains(length)) {
                PointBatchCodec.decode(truncated);
            } else {
                assertThatExceptionOfType(MalformedRecordException.class)
                        .as("cut at %s", length)
                        .isThrownBy(() -> PointBatchCodec.decode(truncated));
            }
        }
    }

    @Test
    void mutatedPointBatches() {
        mutate(POINTS, PointBatchCodec::decode);
    }

    @Test
    void mutatedRollupBatches() {
        mutate(ROLLUPS, RollupBatchCodec::decode);
    }

    private static void mutate(byte[] original, Consumer<byte[]> decode) {
        Random random = new Random(20251121);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = original;
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes = change(bytes, random);
            }
            decodeWithinBudget(decode, bytes);
        }
    }

    private static byte[] change(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int upTo = at + random.nextInt(bytes.length - at + 1);
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] tail = Arrays.copyOfRange(bytes, at, bytes.length);
        return switch (random.nextInt(7)) {
            case 0 -> head;
            case 1 -> concat(head, Arrays.copyOfRange(bytes, upTo, bytes.length));
            case 2 -> concat(head, Arrays.copyOfRange(bytes, at, upTo), tail);
            case 3 -> concat(head, bytes(random.nextInt(256)), tail);
            case 4 -> concat(head, bytes(0xFF, 0xFF, 0xFF, 0xFF, random.nextInt(16)), tail);
            default -> {
                byte[] changed = bytes.clone();
                if (at < changed.length) {
                    changed[at] = random.nextBoolean()
                            ? (byte) random.nextInt()
                            : (byte) (changed[at] ^ 1 << random.nextInt(8));
                }
                yield changed;
            }
        };
    }

    private static void decodeWithinBudget(Consumer<byte[]> decode, byte[] bytes) {
        long budget = ALLOCATION + ALLOCATION_PER_BYTE * bytes.length;
        if (allocated(decode, bytes) > budget) {
            // the first time, Java itself allocates to link what builds a message; the second time counts
            assertThat(allocated(decode, bytes))
                    .as("bytes allocated to read %s", HexFormat.of().formatHex(bytes))
                    .isLessThanOrEqualTo(budget);
        }
    }

    private static long allocated(Consumer<byte[]> decode, byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            decode.accept(bytes);
        } catch (MalformedRecordException expected) {
            // what readers are prepared for
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static PointBatch.Builder valid() {
        return PointBatch.newBuilder()
                .addAllStrings(List.of("", "host", "cpu"))
                .setHost("h1")
                .addSubjects(SubjectEntry.newBuilder().setKind(1))
                .addShapes(ShapeEntry.newBuilder().addFields(2))
                .addPoints(PointEntry.newBuilder().addValues(1));
    }

    private static byte[] points(Consumer<PointBatch.Builder> change) {
        PointBatch.Builder batch = valid();
        change.accept(batch);
        return batch.build().toByteArray();
    }

    private static byte[] unpackedValues() {
        byte[] head = points(PointBatch.Builder::clearPoints);
        return concat(head, bytes(10 << 3 | 2, 9, 4 << 3 | 1, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static byte[] rollup(Consumer<RollupEntry.Builder> change) {
        try {
            var batch = io.peerscope.contracts.proto.RollupBatch.parseFrom(ROLLUPS).toBuilder();
            change.accept(batch.getRollupsBuilder(0));
            return batch.build().toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] repeated(byte[] part, int times) {
        byte[] bytes = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, bytes, i * part.length, part.length);
        }
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
