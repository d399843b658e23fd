package io.peerscope.contracts.rollup;

import static io.peerscope.contracts.point.ProtoReader.LENGTH_DELIMITED;
import static io.peerscope.contracts.point.ProtoReader.VARINT;

import com.google.protobuf.CodedInputStream;
import io.peerscope.contracts.point.Dictionary;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.ProtoReader;
import io.peerscope.contracts.point.ProtoWriter;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code peerscope.v1.RollupBatch} (rollups.proto) to and from {@link RollupBatch}. */
public final class RollupBatchCodec {
    private RollupBatchCodec() {}

    public static byte[] encode(RollupBatch batch) {
        Dictionary.Writer dictionary = new Dictionary.Writer();
        ProtoWriter rows = new ProtoWriter(batch.rollups().size() * 128 + 64);
        ProtoWriter row = new ProtoWriter(256);
        ProtoWriter varints = new ProtoWriter(32);
        for (Rollup rollup : batch.rollups()) {
            own(rollup.subject(), batch);
            row.reset();
            varints.reset();
            row.integer(1, dictionary.index(rollup.subject()));
            row.integer(2, dictionary.index(rollup.shape()));
            row.integer(3, rollup.start());
            for (long count : rollup.count()) {
                varints.varint(count);
            }
            row.packed(4, varints);
            row.packedDoubles(5, rollup.sum());
            row.packedDoubles(6, rollup.min());
            row.packedDoubles(7, rollup.max());
            row.packedDoubles(8, rollup.last());
            row.packedDoubles(9, rollup.first());
            row.packedDoubles(10, rollup.gain());
            row.bytes(11, rollup.sketches());
            times(row, 12, rollup.firstTime(), rollup.start(), varints);
            times(row, 13, rollup.lastTime(), rollup.start(), varints);
            rows.message(6, row);
        }
        for (LateWindow late : batch.late()) {
            own(late.subject(), batch);
            row.reset();
            row.integer(1, dictionary.index(late.subject()));
            row.integer(2, late.start());
            rows.message(7, row);
        }
        ProtoWriter out = new ProtoWriter(batch.rollups().size() * 128 + 256);
        out.text(2, batch.host());
        out.integer(3, batch.windowMillis());
        dictionary.write(out, 4, 5);
        out.append(rows);
        out.integer(8, batch.sourceOffset());
        return out.toByteArray();
    }

    /** @throws MalformedRecordException if the bytes are not a batch of roll-ups */
    public static RollupBatch decode(byte[] bytes) {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        Dictionary.Reader dictionary = new Dictionary.Reader();
        List<Rollup> rollups = new ArrayList<>();
        List<LateWindow> late = new ArrayList<>();
        long window = 0;
        long sourceOffset = 0;
        try {
            int tag;
            while ((tag = in.readTag()) != 0) {
                switch (tag) {
                    case 1 << 3 | LENGTH_DELIMITED -> dictionary.readString(in);
                    case 2 << 3 | LENGTH_DELIMITED -> dictionary.host(in.readStringRequireUtf8());
                    case 3 << 3 | VARINT -> window = in.readInt64();
                    case 4 << 3 | LENGTH_DELIMITED -> dictionary.readSubject(in);
                    case 5 << 3 | LENGTH_DELIMITED -> dictionary.readShape(in);
                    case 6 << 3 | LENGTH_DELIMITED -> rollups.add(rollup(in, dictionary));
                    case 7 << 3 | LENGTH_DELIMITED -> late.add(late(in, dictionary));
                    case 8 << 3 | VARINT -> sourceOffset = in.readInt64();
                    default -> ProtoReader.skip(in, tag);
                }
            }
        } catch (IOException e) {
            throw new MalformedRecordException("not a roll-up batch: " + e.getMessage(), e);
        }
        if (dictionary.host().isEmpty() || window <= 0) {
            throw new MalformedRecordException("a roll-up batch without host or window");
        }
        return new RollupBatch(dictionary.host(), window, rollups, late, sourceOffset);
    }

    private static void times(ProtoWriter row, int field, long[] times, long start, ProtoWriter varints) {
        varints.reset();
        for (long time : times) {
            varints.varint(time - start);
        }
        row.packed(field, varints);
    }

    private static void own(Subject subject, RollupBatch batch) {
        if (!subject.host().equals(batch.host())) {
            throw new IllegalArgumentException("a subject of " + subject.host() + " in a batch of " + batch.host());
        }
    }

    private static Rollup rollup(CodedInputStream in, Dictionary.Reader dictionary) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        int subject = 0;
        int shape = 0;
        long start = 0;
        long[] count = {};
        double[][] values = new double[6][0];
        byte[] sketches = {};
        long[] firstTime = {};
        long[] lastTime = {};
        int tag;
        while ((tag = in.readTag()) != 0) {
            switch (tag) {
                case 1 << 3 | VARINT -> subject = in.readUInt32();
                case 2 << 3 | VARINT -> shape = in.readUInt32();
                case 3 << 3 | VARINT -> start = in.readInt64();
                case 4 << 3 | LENGTH_DELIMITED -> count = ProtoReader.longs(in);
                case 5 << 3 | LENGTH_DELIMITED,
                        6 << 3 | LENGTH_DELIMITED,
                        7 << 3 | LENGTH_DELIMITED,
                        8 << 3 | LENGTH_DELIMITED,
                        9 << 3 | LENGTH_DELIMITED,
                        10 << 3 | LENGTH_DELIMITED -> values[(tag >>> 3) - 5] = ProtoReader.doubles(in);
                case 11 << 3 | LENGTH_DELIMITED -> sketches = in.readByteArray();
                case 12 << 3 | LENGTH_DELIMITED -> firstTime = ProtoReader.longs(in);
                case 13 << 3 | LENGTH_DELIMITED -> lastTime = ProtoReader.longs(in);
                default -> ProtoReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        Shape fields = dictionary.shape(shape);
        if (count.length != fields.size()) {
            throw misfit(fields);
        }
        for (int column = 0; column < values.length; column++) {
            boolean optional = column >= 4 && values[column].length == 0;
            if (values[column].length != fields.size() && !optional) {
                throw misfit(fields);
            }
        }
        for (long[] times : List.of(firstTime, lastTime)) {
            if (times.length > 1 && times.length != fields.size()) {
                throw misfit(fields);
            }
            for (int i = 0; i < times.length; i++) {
                times[i] += start; // fields come in any order, so only now is the start known
            }
        }
        return new Rollup(
                dictionary.subject(subject),
                fields,
                start,
                count,
                values[0],
                values[1],
                values[2],
                values[3],
                values[4],
                values[5],
                sketches,
                firstTime,
                lastTime);
    }

    private static MalformedRecordException misfit(Shape fields) {
        return new MalformedRecordException("a roll-up row that does not fit its " + fields.size() + " fields");
    }

    private static LateWindow late(CodedInputStream in, Dictionary.Reader dictionary) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        int subject = 0;
        long start = 0;
        int tag;
        while ((tag = in.readTag()) != 0) {
            switch (tag) {
                case 1 << 3 | VARINT -> subject = in.readUInt32();
                case 2 << 3 | VARINT -> start = in.readInt64();
                default -> ProtoReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        return new LateWindow(dictionary.subject(subject), start);
    }
}
