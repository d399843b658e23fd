package io.peerscope.ingest.nativeformat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.peerscope.ingest.admission.FieldNames;
import io.peerscope.ingest.admission.Shown;
import io.peerscope.ingest.admission.UndecodableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the objects whose keys the sender chooses. Points with the same fields share one list of names. */
final class FieldReading {
    /** Most labels or states that are read; admission allows fewer. */
    private static final int PAIRS = 64;

    private static final double[] NO_VALUES = {};

    private final JsonParser in;
    private final Map<FieldNames, FieldNames> seen = new HashMap<>();
    private String[] nameBuffer = new String[32];
    private double[] valueBuffer = new double[32];
    private FieldNames names = FieldNames.NONE;
    private FieldNames previous = FieldNames.NONE;
    private double[] values = NO_VALUES;

    FieldReading(JsonParser in) {
        this.in = in;
    }

    void none() {
        names = FieldNames.NONE;
        values = NO_VALUES;
    }

    FieldNames names() {
        return names;
    }

    double[] values() {
        return values;
    }

    void read(String path) throws IOException, UndecodableException {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw BatchReading.malformed(path + " must be an object");
        }
        int count = 0;
        String name;
        while ((name = in.nextFieldName()) != null) {
            if (count == nameBuffer.length) {
                nameBuffer = Arrays.copyOf(nameBuffer, 2 * count);
                valueBuffer = Arrays.copyOf(valueBuffer, 2 * count);
            }
            nameBuffer[count] = name;
            valueBuffer[count++] = number();
        }
        names = previous.are(nameBuffer, count) ? previous : shared(FieldNames.of(nameBuffer, count), path);
        previous = names;
        values = Arrays.copyOf(valueBuffer, count);
    }

    private FieldNames shared(FieldNames fresh, String path) throws UndecodableException {
        FieldNames known = seen.get(fresh);
        if (known != null) {
            return known;
        }
        Optional<String> twice = fresh.repeated();
        if (twice.isPresent()) {
            throw BatchReading.malformed(path + " has " + Shown.text(twice.get()) + " twice");
        }
        seen.put(fresh, fresh);
        return fresh;
    }

    /** Not a number where the value is anything else: that is one sample's fault, not the body's. */
    private double number() throws IOException {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return in.getDoubleValue();
        }
        in.skipChildren();
        return Double.NaN;
    }

    /** Text by name: name, value, name, value … */
    List<String> pairs(String path) throws IOException, UndecodableException {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (token != JsonToken.START_OBJECT) {
            throw BatchReading.malformed(path + " must be an object");
        }
        List<String> pairs = new ArrayList<>();
        String name;
        while ((name = in.nextFieldName()) != null) {
            String text = in.nextToken() == JsonToken.VALUE_STRING ? in.getText() : notText();
            if (pairs.size() == 2 * PAIRS) {
                throw BatchReading.malformed(path + " has more than " + PAIRS + " members");
            }
            for (int i = 0; i < pairs.size(); i += 2) {
                if (pairs.get(i).equals(name)) {
                    throw BatchReading.malformed(path + " has " + Shown.text(name) + " twice");
                }
            }
            pairs.add(name);
            pairs.add(text);
        }
        return pairs;
    }

    /** Costs the point, not the body: no grammar lets it through. */
    private String notText() throws IOException {
        in.skipChildren();
        return "\u0000";
    }
}
