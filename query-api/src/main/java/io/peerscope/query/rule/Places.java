package io.peerscope.query.rule;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.peerscope.contracts.problem.Problem;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where in a document its fields stand, by paths such as {@code alerts[0].severity}. */
public final class Places {
    private final Map<String, JsonLocation> places = new HashMap<>();

    private Places() {}

    /** @param text a document that the mapper has read before */
    public static Places of(byte[] text, ObjectMapper mapper) {
        Places places = new Places();
        try (JsonParser parser = mapper.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
                    JsonStreamContext context =
                            token.isStructStart() ? parser.getParsingContext().getParent() : parser.getParsingContext();
                    // A field is where its name is; only elements of lists have none.
                    places.places.putIfAbsent(path(context), parser.currentTokenLocation());
                }
            }
        } catch (IOException e) {
            return places; // what could be placed is
        }
        return places;
    }

    private static String path(JsonStreamContext context) {
        if (context.inRoot()) {
            return "";
        }
        String before = path(context.getParent());
        if (context.inArray()) {
            return before + "[" + context.getCurrentIndex() + "]";
        }
        return before.isEmpty() ? context.getCurrentName() : before + "." + context.getCurrentName();
    }

    /** The faults with line and column; what is missing stands where it should be, in the nearest part that exists. */
    public List<Problem.Detail> mark(List<Problem.Detail> faults) {
        return faults.stream().map(this::mark).toList();
    }

    private Problem.Detail mark(Problem.Detail fault) {
        String path = fault.field() == null ? "" : fault.field();
        JsonLocation place = places.get(path);
        while (place == null && !path.isEmpty()) {
            int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
            path = end < 0 ? "" : path.substring(0, end);
            place = places.get(path);
        }
        return place == null ? fault : fault.at(place.getLineNr(), place.getColumnNr());
    }
}
