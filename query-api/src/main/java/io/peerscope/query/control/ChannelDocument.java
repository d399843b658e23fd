package io.peerscope.query.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A channel as people write it. What is secret is never shown again, so a document that leaves it out keeps what is
 * there. Reading collects every fault before it gives up.
 */
public final class ChannelDocument {
    private static final List<String> FIELDS = List.of(
            "id",
            "type",
            "enabled",
            "min_severity",
            "matchers",
            "cooldown_seconds",
            "max_per_minute",
            "group_by",
            "send_resolved",
            "url",
            "secret",
            "recipients",
            "account");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final int MAX_RECIPIENTS = 50;
    private static final int DAY = 86_400;

    private final JsonNode document;
    private final @Nullable Channel existing;
    private final Targets targets;
    private final Pace pace;
    private final List<Problem.Detail> faults = new ArrayList<>();

    /** How often a channel that does not say may speak. */
    public record Pace(int cooldownSeconds, int maxPerMinute) {}

    private ChannelDocument(JsonNode document, @Nullable Channel existing, Targets targets, Pace pace) {
        this.pace = pace;
        this.document = document;
        this.existing = existing;
        this.targets = targets;
    }

    /** @param existing the channel that this replaces */
    public static Channel read(JsonNode document, Optional<Channel> existing, Targets targets, Pace pace)
            throws InvalidDocumentException {
        return new ChannelDocument(document, existing.orElse(null), targets, pace).toChannel();
    }

    private Channel toChannel() throws InvalidDocumentException {
        if (!document.isObject()) {
            throw new InvalidDocumentException(
                    List.of(Problem.Detail.of("", ErrorCode.MALFORMED, "a channel is an object with fields")));
        }
        document.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                fault(name, ErrorCode.UNKNOWN_FIELD, "no such field; a channel has " + String.join(", ", FIELDS));
            }
        });
        String id = text("id").orElse("");
        if (!ID.matcher(id).matches()) {
            fault(
                    "id",
                    ErrorCode.BAD_NAME,
                    "1 to 128 letters, digits, '_', '-' or '.', starting with a letter or digit");
        }
        ChannelType type = type();
        String url = text("url").orElse(existing == null ? null : existing.url());
        String secret = text("secret").orElse(existing == null ? null : existing.secret());
        List<String> recipients =
                document.has("recipients") || existing == null ? texts("recipients") : existing.recipients();
        String account = text("account").orElse(existing == null ? null : existing.account());
        switch (type) {
            case WEBHOOK, DISCORD, SLACK, ALERTMANAGER -> url(url);
            case EMAIL -> recipients(recipients, EMAIL, "an address such as ops@example.org");
            case SMS -> recipients(recipients, NUMBER, "a number such as +4930123456");
        }
        if (type == ChannelType.WEBHOOK && secret != null) {
            secret(secret);
        }
        Channel channel = new Channel(
                id,
                type,
                bool("enabled"),
                severity(),
                matchers(),
                number("cooldown_seconds", pace.cooldownSeconds(), 0, DAY),
                number("max_per_minute", pace.maxPerMinute(), 1, 600),
                texts("group_by"),
                bool("send_resolved"),
                url,
                secret,
                recipients,
                account);
        if (!faults.isEmpty()) {
            throw new InvalidDocumentException(faults);
        }
        return channel;
    }

    private ChannelType type() {
        try {
            return ChannelType.of(text("type").orElse(""));
        } catch (IllegalArgumentException e) {
            fault("type", ErrorCode.BAD_PARAMETER, "must be email, webhook, discord, slack, sms or alertmanager");
            return ChannelType.EMAIL;
        }
    }

    private Severity severity() {
        try {
            return Severity.of(text("min_severity").orElse("warning"));
        } catch (IllegalArgumentException e) {
            fault("min_severity", ErrorCode.BAD_PARAMETER, String.valueOf(e.getMessage()));
            return Severity.WARNING;
        }
    }

    private void url(@Nullable String url) {
        if (url == null) {
            fault("url", ErrorCode.MISSING_FIELD, "this type needs a URL");
        } else {
            targets.fault(url).ifPresent(why -> fault("url", ErrorCode.BAD_PARAMETER, why));
        }
    }

    private void secret(String secret) {
        try {
            int bytes = secret.startsWith("whsec_")
                    ? Base64.getDecoder().decode(secret.substring("whsec_".length())).length
                    : 0;
            if (bytes < 24 || bytes > 64) {
                fault("secret", ErrorCode.BAD_PARAMETER, "must be whsec_ and the base64 of 24 to 64 bytes");
            }
        } catch (IllegalArgumentException e) {
            fault("secret", ErrorCode.BAD_PARAMETER, "what follows whsec_ is not base64");
        }
    }

    private void recipients(List<String> recipients, Pattern form, String wanted) {
        if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
            fault("recipients", ErrorCode.MISSING_FIELD, "this type needs 1 to " + MAX_RECIPIENTS + " recipients");
        }
        for (String recipient : recipients) {
            if (!form.matcher(recipient).matches()) {
                fault("recipients", ErrorCode.BAD_PARAMETER, "each must be " + wanted);
            }
        }
    }

    private Map<String, String> matchers() {
        JsonNode value = document.path("matchers");
        TreeMap<String, String> matchers = new TreeMap<>();
        if (value.isObject()) {
            value.properties().forEach(entry -> matcher(entry.getKey(), entry.getValue(), matchers));
        } else if (!value.isMissingNode() && !value.isNull()) {
            fault("matchers", ErrorCode.BAD_PARAMETER, "an object of names and globs");
        }
        return matchers;
    }

    private void matcher(String name, JsonNode glob, Map<String, String> matchers) {
        if (!Grammar.isName(name)) {
            fault("matchers." + name, ErrorCode.BAD_NAME, "no alert can have this label");
        } else if (!glob.isTextual()) {
            fault("matchers." + name, ErrorCode.BAD_PARAMETER, "must be text, in quotes if it looks like a number");
        } else {
            matchers.put(name, glob.textValue());
        }
    }

    private List<String> texts(String field) {
        JsonNode value = document.path(field);
        List<String> texts = new ArrayList<>();
        if (value.isMissingNode() || value.isNull()) {
            return texts;
        }
        value.forEach(each -> texts.add(each.asText()));
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isTextual)) {
            fault(field, ErrorCode.BAD_PARAMETER, "a list of texts");
        }
        return List.copyOf(texts);
    }

    private Optional<String> text(String field) {
        JsonNode value = document.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            fault(field, ErrorCode.BAD_PARAMETER, "must be text");
        }
        return Optional.of(value.asText());
    }

    private boolean bool(String field) {
        JsonNode value = document.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            fault(field, ErrorCode.BAD_PARAMETER, "must be true or false");
        }
        return value.asBoolean(true);
    }

    private int number(String field, int missing, int min, int max) {
        JsonNode value = document.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return missing;
        }
        if (!value.isIntegralNumber() || value.asLong() < min || value.asLong() > max) {
            fault(field, ErrorCode.BAD_PARAMETER, "a whole number from " + min + " to " + max);
        }
        return value.asInt();
    }

    private void fault(String field, ErrorCode code, String detail) {
        faults.add(Problem.Detail.of(field, code, detail));
    }
}
