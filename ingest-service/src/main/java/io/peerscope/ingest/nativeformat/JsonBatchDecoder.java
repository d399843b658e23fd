package io.peerscope.ingest.nativeformat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.UndecodableException;
import java.io.IOException;

/**
 * Reads the body of {@code POST /api/v1/ingest}. Wrong JSON, a wrong type where the format asks for text, an object or a
 * list, a field that does not exist, and a key given twice make the whole body undecodable. A value of a field that is
 * no finite number, and a timestamp that is none, are left to admission, because they cost one sample or one point.
 *
 * <p>Synchronous over a byte array on purpose: the non-blocking parser has missed length checks before. Thread-safe.
 */
public final class JsonBatchDecoder {
    private static final int DEPTH = 10;
    private static final int NUMBER = 32;
    /** Above what admission lets through, which then refuses one point only; here the whole body falls. */
    private static final int TEXT = 4096;

    private static final int NAME = 256;

    private final int maxPoints;
    private final JsonFactory json;

    /** @param maxBytes no document is longer; a second wall behind the limit on the body */
    public JsonBatchDecoder(int maxPoints, long maxBytes) {
        this.maxPoints = maxPoints;
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxNumberLength(NUMBER)
                        .maxStringLength(TEXT)
                        .maxNameLength(NAME)
                        .maxDocumentLength(maxBytes)
                        .build())
                // so that NaN costs one sample, as 1e999 does, and not the batch
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // names come from strangers and must not stay in the JVM's own table
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    public Draft decode(byte[] body, int length) throws UndecodableException {
        try (JsonParser parser = json.createParser(body, 0, length)) {
            return new BatchReading(parser, maxPoints).read();
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line %d, column %d)"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw new UndecodableException(ErrorCode.MALFORMED, "not JSON as it is needed here: " + said(e) + where);
        } catch (IOException notText) { // nothing else can go wrong with what is in memory
            throw new UndecodableException(ErrorCode.MALFORMED, "not JSON in UTF-8");
        }
    }

    /** The parser's own words, without what it adds about where, and within bounds. */
    private static String said(JsonProcessingException e) {
        String message = e.getOriginalMessage().lines().findFirst().orElse("");
        String words = message.replaceFirst(" *\\(?(start marker )?at \\[Source.*", "");
        return words.length() > 200 ? words.substring(0, 200) + "…" : words;
    }
}
