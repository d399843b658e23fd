package io.peerscope.ingest.remotewrite;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.protobuf.ProtoCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes references to symbols as labels of remote write 1.0. Used for one series after another; not thread-safe. */
final class LabelBlock {
    private static final int LABEL = 0x0a;
    private static final int NAME = 0x0a;
    private static final int VALUE = 0x12;
    /** Far more than any series has that can be kept; a reference costs one byte and may mean a megabyte. */
    private static final int LONGEST = 64 * 1024;

    private final Symbols symbols;
    private byte[] block = new byte[512];
    private int size;
    private int name;
    private boolean odd;
    private Series.@Nullable Bad bad;

    LabelBlock(Symbols symbols) {
        this.symbols = symbols;
    }

    void begin() {
        size = 0;
        odd = false;
        bad = null;
    }

    void packed(ProtoCursor in) throws UndecodableException {
        int outer = in.enter();
        while (in.hasMore()) {
            reference(in.varint());
        }
        in.leave(outer);
    }

    void reference(long symbol) {
        if (symbol < 0 || symbol >= symbols.count()) {
            bad = new Series.Bad(ErrorCode.MALFORMED, "a label refers to a symbol that does not exist");
        } else if (odd) {
            label(name, (int) symbol);
        } else {
            name = (int) symbol;
        }
        odd = !odd;
    }

    private void label(int nameSymbol, int valueSymbol) {
        int nameLength = symbols.length(nameSymbol);
        int valueLength = symbols.length(valueSymbol);
        int content = 2 + sizeOf(nameLength) + sizeOf(valueLength) + nameLength + valueLength;
        if (size + (long) content + 6 > LONGEST) {
            bad = new Series.Bad(ErrorCode.BAD_PARAMETER, "labels of more than " + LONGEST + " bytes");
            return;
        }
        if (size + content + 6 > block.length) {
            block = Arrays.copyOf(block, Math.max(2 * block.length, size + content + 6));
        }
        block[size++] = LABEL;
        length(content);
        block[size++] = NAME;
        length(nameLength);
        symbols.copy(nameSymbol, block, size);
        size += nameLength;
        block[size++] = VALUE;
        length(valueLength);
        symbols.copy(valueSymbol, block, size);
        size += valueLength;
    }

    private static int sizeOf(int length) {
        return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : 4;
    }

    private void length(int length) {
        int rest = length;
        while (rest >= 1 << 7) {
            block[size++] = (byte) (rest | 1 << 7);
            rest >>>= 7;
        }
        block[size++] = (byte) rest;
    }

    Series series(SeriesLookup lookup) {
        if (bad != null) {
            return bad;
        }
        return odd ? new Series.Bad(ErrorCode.MALFORMED, "a label without its value") : lookup.of(block, 0, size);
    }
}
