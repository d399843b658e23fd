package io.peerscope.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The rules that a fresh installation starts with, from {@code default-rules.yaml}. */
public final class DefaultRules {
    private static final String RESOURCE = "/default-rules.yaml";

    private DefaultRules() {}

    public static List<Rule> load() {
        try (InputStream in = DefaultRules.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            List<Rule> rules = new ArrayList<>();
            for (JsonNode document : new YAMLMapper().readTree(in).path("rules")) {
                rules.add(RuleDocument.read(document));
            }
            return List.copyOf(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        } catch (RuleInvalidException e) {
            throw new IllegalStateException(RESOURCE + ": " + e.getMessage(), e);
        }
    }
}
