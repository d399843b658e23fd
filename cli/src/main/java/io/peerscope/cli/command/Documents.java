package io.peerscope.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.peerscope.cli.Failure;
import java.io.IOException;
import java.nio.file.Path;

/** YAML, of which JSON is a part. */
final class Documents {
    private Documents() {}

    static JsonNode parse(byte[] text, Path file) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw Failure.usage("%s is neither YAML nor JSON: %s".formatted(file, e.getMessage()), "");
        }
    }
}
