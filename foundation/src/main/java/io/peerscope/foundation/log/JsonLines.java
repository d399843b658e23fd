package io.peerscope.foundation.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * One JSON object a line, whatever somebody managed to get into a message: control characters and all that is not ASCII
 * are escaped, so no name can end a line, begin another or turn a terminal's writing round. Times are UTC.
 */
public final class JsonLines extends ExtFormatter {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final String service;

    /** @param service the application's name, in every line */
    public JsonLines(String service) {
        this.service = service;
    }

    @Override
    public String format(ExtLogRecord line) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField(
                    "timestamp",
                    line.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeStringField("level", line.getLevel().getName());
            String logger = line.getLoggerName() == null ? "" : line.getLoggerName();
            json.writeStringField("stream", LogStream.of(logger).word());
            json.writeStringField("service", service);
            json.writeStringField("logger", logger);
            json.writeStringField("thread", line.getThreadName());
            json.writeStringField("message", formatMessage(line));
            for (var field : line.getMdcCopy().entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            if (line.getThrown() != null) {
                StringWriter trace = new StringWriter();
                line.getThrown().printStackTrace(new PrintWriter(trace));
                json.writeStringField("error", trace.toString());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        return text.append('\n').toString();
    }

    /** With its parameters filled in, without the exception, which has a field of its own. */
    @Override
    public String formatMessage(java.util.logging.LogRecord line) {
        String message =
                line instanceof ExtLogRecord extended ? extended.getFormattedMessage() : super.formatMessage(line);
        return message == null ? "" : message;
    }
}
