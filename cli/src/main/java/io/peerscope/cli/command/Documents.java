package io.peerscope.cli.command;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.peerscope.cli.Failure;
import java.io.IOException;
import java.nio.file.Path;

/** YAML, of which JSON is a part. */
final class Documents {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Documents() {}

    static JsonNode parse(byte[] text, Path file) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw Failure.usage("%s is neither YAML nor JSON: %s".formatted(file, e.getMessage()), "");
        }
    }
}
