package io.peerscope.ingest.remotewrite;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.UndecodableException;
import java.util.Arrays;

/** Where in a body the texts stand that its series refer to by number. Not thread-safe. */
final class Symbols {
    private static final int MOST = 1_000_000;

    private final byte[] bytes;
    /** Start and length, start and length … */
    private int[] places = new int[256];

    private int count;

    Symbols(byte[] bytes) {
        this.bytes = bytes;
    }

    void add(int start, int length) throws UndecodableException {
        if (count == MOST) {
            throw new UndecodableException(ErrorCode.BODY_TOO_LARGE, "at most " + MOST + " symbols");
        }
        if (2 * count == places.length) {
            places = Arrays.copyOf(places, 4 * count);
        }
        places[2 * count] = start;
        places[2 * count + 1] = length;
        count++;
    }

    int count() {
        return count;
    }

    boolean beginEmpty() {
        return count > 0 && places[1] == 0;
    }

    int length(int symbol) {
        return places[2 * symbol + 1];
    }

    void copy(int symbol, byte[] into, int at) {
        System.arraycopy(bytes, places[2 * symbol], into, at, places[2 * symbol + 1]);
    }
}
