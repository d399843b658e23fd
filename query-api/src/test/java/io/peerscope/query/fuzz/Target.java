package io.peerscope.query.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.silence.Silence;
import io.peerscope.house.hostile.CpuTime;
import io.peerscope.query.control.ChannelDocument;
import io.peerscope.query.control.InhibitionDocument;
import io.peerscope.query.control.InvalidDocumentException;
import io.peerscope.query.control.SilenceDocument;
import io.peerscope.query.control.Targets;
import io.peerscope.query.rest.BareDocuments;
import io.peerscope.query.rule.RuleImport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every document that people write, read as JSON and as YAML. */
enum Target {
    RULE(document -> again(RuleDocument.read(document))),
    WHAT_IF(document -> again(BareDocuments.tried(document, now()))),
    OLD_RULES(Target::rules),
    SILENCE(document -> again(
            SilenceDocument.read(document, "s1", new SilenceDocument.Author("ada", now()), now()), Silence.class)),
    INHIBITION(document -> again(InhibitionDocument.read(document, "i1"), Inhibition.class)),
    CHANNEL(Target::channel);

    private static final Pattern ADDRESS = Pattern.compile("https?://[0-9]{1,3}(\\.[0-9]{1,3}){3}([:/?#].*)?");

    private final BareDocuments.Reader reader;

    Target(BareDocuments.Reader reader) {
        this.reader = reader;
    }

    /** Fails where {@link BareDocuments} does not keep what it promises, or only after a second. */
    void take(byte[] input) {
        CpuTime.assertAtMostASecond(() -> BareDocuments.take(input, reader));
    }

    private static Instant now() {
        return Instant.parse("2026-11-21T10:00:00Z");
    }

    private static Object again(Rule rule) {
        JsonNode written = RuleDocument.write(rule);
        try {
            assertThat(RuleDocument.read(Json.encode(written))).isEqualTo(rule);
        } catch (RuleInvalidException e) {
            throw new AssertionError("kept and not read again: " + rule, e);
        }
        return written;
    }

    private static <T> T again(T kept, Class<T> type) {
        assertThat(Json.decode(Json.encode(kept), type)).isEqualTo(kept);
        return kept;
    }

    /** Known as the rules that they are, since numbers of the old forms stand in other places. */
    private static Object rules(JsonNode document) throws RuleInvalidException {
        RuleImport.Imported imported = RuleImport.read(document);
        assertThat(imported.rules()).isNotEmpty();
        ObjectNode all = Json.mapper().createObjectNode();
        for (Rule rule : imported.rules()) {
            all.set("rule " + rule.id(), Json.mapper().valueToTree(again(rule)));
        }
        return all;
    }

    /** Names are not asked for: a finding must not depend on who answers. */
    private static Object channel(JsonNode document) throws InvalidDocumentException {
        if (document instanceof ObjectNode object
                && object.path("url").isTextual()
                && !ADDRESS.matcher(object.path("url").textValue()).matches()) {
            object.put("url", "http://127.0.0.1:1/hook");
        }
        try (Targets targets = new Targets(true, List.of())) {
            return again(
                    ChannelDocument.read(document, Optional.empty(), targets, new ChannelDocument.Pace(300, 10)),
                    Channel.class);
        }
    }
}
