package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.peerscope.contracts.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {
    private static final MediaType YAML = MediaType.valueOf(Documents.YAML);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yaml | id: a~matchers: {host: x}~comment: c~matchers: {host: '*'} | 4 | matchers | given twice",
                "yaml | id: a~clear: {high: 1, high: 2} | 2 | high | given twice",
                "yaml | id: a~---~id: b | 3 | '' | send each document by itself",
                "yaml | id: a~\tmetric: cpu | 2 | '' | cannot start any token",
                "yaml | id: a~limits: [1, 2~metric: cpu | 3 | '' | ','",
                "json | {'id':'a',~'id':'b'} | 2 | id | given twice",
                "json | {'id':'a'~'metric':'b'} | 2 | '' | comma",
                "json | {'id':'a'}~{'id':'b'} | 2 | '' | send each document by itself",
                "json | {'id':'a',~'duration':NaN} | 2 | '' | NaN"
            })
    void whatCannotBeReadIsToldWithLineFieldAndReason(String form, String text, int line, String field, String reason) {
        Problem problem = refused(form, text.replace('~', '\n').replace("\\t", "\t"));
        assertThat(problem.errors()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.field()).isEqualTo(field);
            assertThat(fault.detail()).contains(reason).doesNotContain("\n").doesNotContain("io.quarkus");
        });
        assertThat(problem.code()).isEqualTo("malformed");
        assertThat(problem.detail()).startsWith("line " + line + ": ").contains(reason);
    }

    @Test
    void oneDocumentWithItsMarksIsRead() {
        assertThat(Documents.read(bytes("---\nid: a\n...\n"), YAML).path("id").asText())
                .isEqualTo("a");
    }

    private static Problem refused(String form, String text) {
        MediaType type = form.equals("yaml") ? YAML : MediaType.APPLICATION_JSON_TYPE;
        String quoted = form.equals("json") ? text.replace('\'', '"') : text;
        return catchThrowableOfType(ProblemException.class, () -> Documents.read(bytes(quoted), type))
                .problem();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
