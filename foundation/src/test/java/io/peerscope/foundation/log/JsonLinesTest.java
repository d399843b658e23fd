package io.peerscope.foundation.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    private final JsonLines lines = new JsonLines("alert-service");

    @Test
    void saysWhenWhatAndWhere() throws IOException {
        ExtLogRecord record = record("io.peerscope.alert.topology.StreamsOutlet", "firing %s", "cpu");
        record.setInstant(Instant.parse("2026-02-03T04:05:06.789123Z"));
        record.setMdc(Map.of("status", "200"));
        JsonNode line = read(lines.format(record));
        assertThat(line.path("timestamp").asText()).isEqualTo("2026-02-03T04:05:06.789Z");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("stream").asText()).isEqualTo("alert");
        assertThat(line.path("service").asText()).isEqualTo("alert-service");
        assertThat(line.path("message").asText()).isEqualTo("firing cpu");
        assertThat(line.path("status").asText()).isEqualTo("200");
        assertThat(line.has("error")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\n{\"level\":\"INFO\"}",
                "\"},{\"level\":\"ERROR",
                "nul \u0000 escape \u001b[2J bell \u0007",
                "next line \u0085 line \u2028 paragraph \u2029",
                "right to left \u202egnp.exe",
                "emoji \ud83d\ude80 alone \ud83d",
                "${jndi:ldap://x} {{7*7}} %s %n",
                ""
            })
    void whateverIsInAMessageItIsOneLineAndOneObject(String message) throws IOException {
        String text = lines.format(record("io.peerscope.ingest.http.Exchange", "%s", message));
        assertThat(text).endsWith("\n");
        String line = text.substring(0, text.length() - 1);
        assertThat(line.chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
        assertThat(read(text).path("message").asText()).isEqualTo(message);
    }

    @Test
    void anExceptionIsAFieldOfTheSameLine() throws IOException {
        ExtLogRecord record = record("io.peerscope.query.Store", "cannot store %s", "it");
        record.setThrown(new IllegalStateException("disk\nfull"));
        String text = lines.format(record);
        assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
        JsonNode line = read(text);
        assertThat(line.path("message").asText()).isEqualTo("cannot store it");
        assertThat(line.path("error").asText()).contains("IllegalStateException: disk\nfull", "JsonLinesTest.java");
    }

    @Test
    void aLineBelongsToTheStreamOfItsLogger() {
        assertThat(LogStream.of("io.peerscope.notify.deliver.Postman")).isEqualTo(LogStream.ALERT);
        assertThat(LogStream.of(AccessLog.LOGGER)).isEqualTo(LogStream.ACCESS);
        assertThat(LogStream.of("io.peerscope.ingest.http.Exchange")).isEqualTo(LogStream.MONITOR);
        assertThat(LogStream.of("org.apache.kafka.clients")).isEqualTo(LogStream.MONITOR);
    }

    private static ExtLogRecord record(String logger, String format, String argument) {
        ExtLogRecord record =
                new ExtLogRecord(Level.WARN, format, ExtLogRecord.FormatStyle.PRINTF, JsonLinesTest.class.getName());
        record.setLoggerName(logger);
        record.setParameters(new Object[] {argument});
        return record;
    }

    private static JsonNode read(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
