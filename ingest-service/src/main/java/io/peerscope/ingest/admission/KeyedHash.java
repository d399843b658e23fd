package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Subject;

/**
 * SipHash-1-3 over text, under a key that nobody outside knows: 64 bits may stand for a name, since nobody can choose two
 * names that share them.
 */
final class KeyedHash {
    private final long k0;
    private final long k1;

    KeyedHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    long of(Subject subject) {
        State state = new State(k0, k1);
        state.text(subject.host());
        state.text(subject.kind());
        Labels labels = subject.labels();
        for (int i = 0; i < labels.size(); i++) {
            state.text(labels.name(i));
            state.text(labels.value(i));
        }
        return state.end();
    }

    long of(String text) {
        State state = new State(k0, k1);
        state.text(text);
        return state.end();
    }

    long of(long first, long second) {
        State state = new State(k0, k1);
        state.word(first);
        state.word(second);
        return state.end();
    }

    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long k0, long k1) {
            v0 = k0 ^ 0x736f6d6570736575L;
            v1 = k1 ^ 0x646f72616e646f6dL;
            v2 = k0 ^ 0x6c7967656e657261L;
            v3 = k1 ^ 0x7465646279746573L;
        }

        /** Its length goes first, so that texts in a row cannot run into one another. */
        void text(String text) {
            int length = text.length();
            long word = length;
            int filled = 2;
            for (int i = 0; i < length; i++) {
                word |= (long) text.charAt(i) << (filled++ << 4);
                if (filled == 4) {
                    word(word);
                    word = 0;
                    filled = 0;
                }
            }
            if (filled > 0) {
                word(word);
            }
        }

        void word(long word) {
            v3 ^= word;
            round();
            v0 ^= word;
        }

        long end() {
            v2 ^= 0xff;
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
