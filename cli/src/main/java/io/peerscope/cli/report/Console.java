package io.peerscope.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerscope.contracts.json.Json;
import java.io.PrintWriter;

/**
 * The terminal, or whatever stands in its place. Results go to standard output, what is only of interest meanwhile to
 * standard error, so that the first can be piped.
 *
 * @param json whether results are one JSON document instead of text
 * @param tty whether a person is watching, so that a line may be rewritten
 */
public record Console(PrintWriter out, PrintWriter err, boolean json, boolean tty) {
    private static final String REWRITE = "\r\u001b[K";

    /** A line for people; nothing where a script listens. */
    public void line(String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    public void document(Object value) {
        try {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass(), e);
        }
    }

    /** What is being waited for. */
    public void progress(String what) {
        if (tty) {
            err.print(REWRITE + what);
        } else {
            err.println(what);
        }
        err.flush();
    }

    public void progressOver() {
        if (tty) {
            err.print(REWRITE);
            err.flush();
        }
    }
}
