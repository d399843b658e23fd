package io.peerscope.benchmarks.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A place in a body that differs from one sending to the next. */
sealed interface Slot {
    int at();

    int width();

    /** The same, elsewhere. */
    Slot movedBy(int distance);

    /**
     * @param id of the request
     * @param now epoch milliseconds
     * @param turn how often the body was sent before
     */
    void write(byte[] body, long id, long now, long turn);

    /**
     * Ones and tens that a value adds to its base: another one at each sending, without a pattern that a store could find.
     *
     * @param phase of the series
     */
    static int noise(int phase, long turn) {
        return (int) (((turn * 100 + phase) * 0x9E3779B97F4A7C15L >>> 33) % 100);
    }

    private static void digits(byte[] body, int at, int width, long value) {
        long left = value;
        for (int i = at + width - 1; i >= at; i--) {
            body[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    /** Decimal. */
    record Id(int at) implements Slot {
        static final int WIDTH = 12;

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public Slot movedBy(int distance) {
            return new Id(at + distance);
        }

        @Override
        public void write(byte[] body, long id, long now, long turn) {
            digits(body, at, WIDTH, id);
        }
    }

    /** Epoch milliseconds in decimal, so long ago. */
    record Millis(int at, int ago) implements Slot {
        static final int WIDTH = 13;

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public Slot movedBy(int distance) {
            return new Millis(at + distance, ago);
        }

        @Override
        public void write(byte[] body, long id, long now, long turn) {
            digits(body, at, WIDTH, now - ago);
        }
    }

    /** Epoch milliseconds as a varint of protobuf: six bytes from 2004 until 2109. */
    record VarintMillis(int at) implements Slot {
        static final int WIDTH = 6;

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public Slot movedBy(int distance) {
            return new VarintMillis(at + distance);
        }

        @Override
        public void write(byte[] body, long id, long now, long turn) {
            long left = now;
            for (int i = 0; i < WIDTH - 1; i++) {
                body[at + i] = (byte) (left | 0x80);
                left >>>= 7;
            }
            body[at + WIDTH - 1] = (byte) left;
        }
    }

    /** The ones and tens of a decimal value. */
    record TensAndOnes(int at, int phase) implements Slot {
        @Override
        public int width() {
            return 2;
        }

        @Override
        public Slot movedBy(int distance) {
            return new TensAndOnes(at + distance, phase);
        }

        @Override
        public void write(byte[] body, long id, long now, long turn) {
            digits(body, at, 2, noise(phase, turn));
        }
    }

    /** A double of protobuf. */
    record Fixed64(int at, double base, int phase) implements Slot {
        static final int WIDTH = 8;
        private static final VarHandle LITTLE_ENDIAN =
                MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public Slot movedBy(int distance) {
            return new Fixed64(at + distance, base, phase);
        }

        @Override
        public void write(byte[] body, long id, long now, long turn) {
            LITTLE_ENDIAN.set(body, at, base + noise(phase, turn));
        }
    }
}
