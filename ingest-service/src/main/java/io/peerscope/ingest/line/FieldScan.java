package io.peerscope.ingest.line;

import io.peerscope.contracts.point.Grammar;
import io.peerscope.ingest.admission.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the fields of a line, {@code key=value[,key=value…]}: with a plan where they look as the plan says, without one
 * otherwise. What was read stays until the next line. Not thread-safe.
 */
final class FieldScan {
    /** Far above what admission lets through, which counts a little more than it takes to the sample. */
    private static final int MOST_FIELDS = 4 * Limits.FIELDS;

    private static final int LONGEST_TEXT = 64 * 1024;
    /** Longer ones cannot be a state, however many of their bytes are escapes. */
    private static final int LONGEST_STATE = 2 * Grammar.TEXT_LIMIT;

    private static final String NO_TEXT = "";

    private final byte[] bytes;
    private final Numbers numbers = new Numbers();
    private double[] values = {};
    private String[] texts = {};
    private int end;

    FieldScan(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of fields that are numbers; 0 for a text. Given away: the next line gets another array. */
    double[] takeValues() {
        double[] taken = values;
        values = new double[0];
        return taken;
    }

    double value(int field) {
        return values[field];
    }

    /** Of fields that are texts; "" also for those that are too long to be of use. */
    String text(int field) {
        return texts[field];
    }

    /** Where the fields have ended: at a space, or at the end of the line. */
    int end() {
        return end;
    }

    /** @return whether the fields look as the plan says; if not, nothing is known, not even that they are right */
    boolean read(FieldPlan plan, int from, int limit) {
        try {
            return follow(plan, from, limit);
        } catch (BadLineException e) {
            return false; // why, is told best without a plan
        }
    }

    private boolean follow(FieldPlan plan, int from, int limit) throws BadLineException {
        int size = plan.size();
        if (values.length != size) {
            values = new double[size];
        }
        int at = from;
        for (int field = 0; field < size; field++) {
            byte[] key = plan.key(field);
            int start = at + key.length;
            if (start >= limit || !Arrays.equals(key, 0, key.length, bytes, at, start)) {
                return false;
            }
            boolean text = bytes[start] == '"';
            if (text != plan.isText(field)) {
                return false;
            }
            at = text ? readText(field, size, start, limit) : readNumber(field, start, limit);
            boolean more = at < limit && bytes[at] == ',';
            if (more != field + 1 < size) {
                return false;
            }
            at++;
        }
        end = at - 1;
        checkEnd(limit);
        return true;
    }

    /** @return the keys as they stand in the line, each with its equals sign; {@code areTexts} is filled alongside */
    List<byte[]> readAny(int from, int limit, List<Boolean> areTexts) throws BadLineException {
        List<byte[]> keys = new ArrayList<>();
        values = new double[8];
        int at = from;
        boolean more = true;
        while (more) {
            int equals = Words.until(bytes, at, limit, '=', ',');
            if (equals == at) {
                throw new BadLineException(at == limit ? "missing fields" : "missing field key");
            }
            if (equals + 1 >= limit || bytes[equals] != '=' || bytes[equals + 1] == ',' || bytes[equals + 1] == ' ') {
                throw new BadLineException("missing field value");
            }
            int field = keys.size();
            if (field == MOST_FIELDS) {
                throw new BadLineException("more than " + MOST_FIELDS + " fields");
            }
            if (field == values.length) {
                values = Arrays.copyOf(values, 2 * field);
            }
            keys.add(Arrays.copyOfRange(bytes, at, equals + 1));
            boolean text = bytes[equals + 1] == '"';
            areTexts.add(text);
            at = text ? readText(field, values.length, equals + 1, limit) : readNumber(field, equals + 1, limit);
            more = at < limit && bytes[at] == ',';
            at += more ? 1 : 0;
        }
        values = Arrays.copyOf(values, keys.size());
        end = at;
        checkEnd(limit);
        return keys;
    }

    private void checkEnd(int limit) throws BadLineException {
        if (end < limit && bytes[end] != ' ') {
            throw new BadLineException("invalid field format");
        }
    }

    private int readNumber(int field, int from, int limit) throws BadLineException {
        byte first = bytes[from];
        boolean isWord = first == 't' || first == 'T' || first == 'f' || first == 'F';
        if (isWord) {
            return readBoolean(field, from, limit);
        }
        values[field] = numbers.read(bytes, from, limit);
        return numbers.end();
    }

    private int readBoolean(int field, int from, int limit) throws BadLineException {
        int to = from;
        while (to < limit && bytes[to] != ',' && bytes[to] != ' ' && to - from <= 5) {
            to++;
        }
        values[field] = switch (Words.unescaped(bytes, from, to, "")) {
            case "t", "T", "true", "True", "TRUE" -> 1;
            case "f", "F", "false", "False", "FALSE" -> 0;
            default -> throw new BadLineException("invalid boolean");
        };
        return to;
    }

    /** From quote to quote; a backslash escapes a quote and a backslash. */
    private int readText(int field, int size, int from, int limit) throws BadLineException {
        int at = from + 1;
        while (at < limit && bytes[at] != '"') {
            at += bytes[at] == '\\' && at + 1 < limit && (bytes[at + 1] == '"' || bytes[at + 1] == '\\') ? 2 : 1;
        }
        if (at >= limit) {
            throw new BadLineException("unbalanced quotes");
        }
        if (at - from - 1 > LONGEST_TEXT) {
            throw new BadLineException("a string of more than 64 KB");
        }
        if (texts.length < size) {
            String[] longer = new String[size];
            Arrays.fill(longer, NO_TEXT);
            System.arraycopy(texts, 0, longer, 0, texts.length);
            texts = longer;
        }
        texts[field] = at - from - 1 > LONGEST_STATE ? NO_TEXT : Words.unescaped(bytes, from + 1, at, "\"\\");
        values[field] = 0;
        return at + 1;
    }
}
