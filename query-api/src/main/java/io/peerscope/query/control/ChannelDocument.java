package io.peerscope.query.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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

    private final DocumentFields fields;
    private final @Nullable Channel existing;
    private final Targets targets;
    private final Pace pace;

    /** How often a channel that does not say may speak. */
    public record Pace(int cooldownSeconds, int maxPerMinute) {}

    private ChannelDocument(JsonNode document, @Nullable Channel existing, Targets targets, Pace pace)
            throws InvalidDocumentException {
        this.pace = pace;
        this.fields = new DocumentFields(document, "a channel");
        this.existing = existing;
        this.targets = targets;
    }

    /** @param existing the channel that this replaces */
    public static Channel read(JsonNode document, Optional<Channel> existing, Targets targets, Pace pace)
            throws InvalidDocumentException {
        return new ChannelDocument(document, existing.orElse(null), targets, pace).toChannel();
    }

    private Channel toChannel() throws InvalidDocumentException {
        fields.allowOnly(FIELDS);
        String id = fields.text("id").orElse("");
        if (!ID.matcher(id).matches()) {
            fields.fault(
                    "id",
                    ErrorCode.BAD_NAME,
                    "1 to 128 letters, digits, '_', '-' or '.', starting with a letter or digit");
        }
        ChannelType type = type();
        String url = fields.text("url").orElse(existing == null ? null : existing.url());
        String secret = fields.text("secret").orElse(existing == null ? null : existing.secret());
        List<String> recipients =
                fields.given("recipients") || existing == null ? fields.texts("recipients") : existing.recipients();
        String account = fields.text("account").orElse(existing == null ? null : existing.account());
        switch (type) {
            case WEBHOOK, DISCORD, SLACK, ALERTMANAGER -> url(type, url);
            case EMAIL -> recipients(recipients, EMAIL, "an address such as ops@example.org");
            case SMS -> recipients(recipients, NUMBER, "a number such as +4930123456");
        }
        if (type == ChannelType.WEBHOOK && secret != null) {
            secrets(secret);
        }
        Channel channel = new Channel(
                id,
                type,
                fields.bool("enabled", true),
                severity(type),
                fields.matchers("matchers"),
                fields.number("cooldown_seconds", pace.cooldownSeconds(), 0, DAY),
                fields.number("max_per_minute", pace.maxPerMinute(), 1, 600),
                fields.texts("group_by"),
                fields.bool("send_resolved", true),
                url,
                secret,
                recipients,
                account);
        fields.done();
        return channel;
    }

    private ChannelType type() {
        try {
            return ChannelType.of(fields.text("type").orElse(""));
        } catch (IllegalArgumentException e) {
            fields.fault(
                    "type", ErrorCode.BAD_PARAMETER, "must be email, webhook, discord, slack, sms or alertmanager");
            return ChannelType.EMAIL;
        }
    }

    /** Text messages cost money and sleep, so only what is critical is one where nothing else is said. */
    private Severity severity(ChannelType type) {
        try {
            return Severity.of(fields.text("min_severity").orElse(type == ChannelType.SMS ? "critical" : "warning"));
        } catch (IllegalArgumentException e) {
            fields.fault("min_severity", ErrorCode.BAD_PARAMETER, String.valueOf(e.getMessage()));
            return Severity.WARNING;
        }
    }

    private void url(ChannelType type, @Nullable String url) {
        if (url == null) {
            fields.fault("url", ErrorCode.MISSING_FIELD, "this type needs a URL");
        } else {
            targets.fault(type, url).ifPresent(why -> fields.fault("url", ErrorCode.BAD_PARAMETER, why));
        }
    }

    /** One, or two with a blank between them while one replaces the other. */
    private void secrets(String secrets) {
        String[] each = secrets.strip().split(" +");
        if (each.length > 2) {
            fields.fault(
                    "secret",
                    ErrorCode.BAD_PARAMETER,
                    "one secret, or two with a blank between them while they rotate");
        }
        Arrays.stream(each).forEach(this::secret);
    }

    private void secret(String secret) {
        try {
            int bytes = secret.startsWith("whsec_")
                    ? Base64.getDecoder().decode(secret.substring("whsec_".length())).length
                    : 0;
            if (bytes < 24 || bytes > 64) {
                fields.fault("secret", ErrorCode.BAD_PARAMETER, "must be whsec_ and the base64 of 24 to 64 bytes");
            }
        } catch (IllegalArgumentException e) {
            fields.fault("secret", ErrorCode.BAD_PARAMETER, "what follows whsec_ is not base64");
        }
    }

    private void recipients(List<String> recipients, Pattern form, String wanted) {
        if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
            fields.fault(
                    "recipients", ErrorCode.MISSING_FIELD, "this type needs 1 to " + MAX_RECIPIENTS + " recipients");
        }
        for (String recipient : recipients) {
            if (!form.matcher(recipient).matches()) {
                fields.fault("recipients", ErrorCode.BAD_PARAMETER, "each must be " + wanted);
            }
        }
    }
}
