package io.peerscope.query.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A channel as people write it. What is secret is never shown again, so a document that leaves it out keeps what is
 * there; what the server says of it may be sent back and is not looked at. Reading collects every fault before it gives up.
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
            "group_wait_seconds",
            "repeat_seconds",
            "escalate_after_seconds",
            "quiet_hours",
            "fallback",
            "send_resolved",
            "url",
            "secret",
            "recipients",
            "account",
            "action",
            "has_secret",
            "delivery");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    /** Not all that the standard allows: who writes quotes or comments into an address means something else. */
    private static final Pattern EMAIL =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@[\\p{L}\\p{N}.-]{1,255}");

    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final int MAX_RECIPIENTS = 50;
    private static final int MOST_MATCHERS = 20;
    private static final int MOST_GROUPS = 10;
    private static final int LONGEST_URL = 2_048;
    private static final int LONGEST_SECRET = 256;
    private static final int LONGEST_ACCOUNT = 128;
    private static final int DAY = 86_400;
    /** Who is told later than this of what begins is told too late. */
    private static final int MOST_GROUP_WAIT = 600;

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

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
        String url = fields.text("url")
                .orElse(existing == null ? null : existing.target().url());
        String secret = fields.text("secret")
                .orElse(existing == null ? null : existing.target().secret());
        List<String> recipients = fields.given("recipients") || existing == null
                ? fields.texts("recipients")
                : existing.target().recipients();
        String account = fields.text("account")
                .orElse(existing == null ? null : existing.target().account());
        switch (type) {
            case WEBHOOK, DISCORD, SLACK, ALERTMANAGER, ACTION -> url(type, url);
            case EMAIL -> recipients(recipients, EMAIL, "an address such as ops@example.org");
            case SMS -> recipients(recipients, NUMBER, "a number such as +4930123456");
        }
        if (type != ChannelType.EMAIL && type != ChannelType.SMS) {
            mustBeEmpty("recipients", "only channels of type email and sms have recipients");
        }
        if (type != ChannelType.ACTION) {
            mustBeEmpty("action", "only channels of type action do something");
        }
        if ((type == ChannelType.WEBHOOK || type == ChannelType.ACTION) && secret != null) {
            secrets(secret);
        }
        if (type == ChannelType.ACTION && secret == null) {
            fields.fault("secret", ErrorCode.MISSING_FIELD, "whoever is asked to act must know who asks");
        }
        tooLong("secret", secret, LONGEST_SECRET);
        tooLong("account", account, LONGEST_ACCOUNT);
        Map<String, String> matchers = fields.matchers("matchers");
        if (matchers.size() > MOST_MATCHERS) {
            fields.fault("matchers", ErrorCode.BAD_PARAMETER, "at most " + MOST_MATCHERS);
        }
        Channel channel = new Channel(
                id,
                type,
                fields.bool("enabled", true),
                new Channel.Interest(
                        severity(type), matchers, fields.bool("send_resolved", type != ChannelType.ACTION)),
                new Channel.Pace(
                        fields.number("cooldown_seconds", pace.cooldownSeconds(), 0, DAY),
                        fields.number("max_per_minute", pace.maxPerMinute(), 1, 600),
                        groups(),
                        fields.number("group_wait_seconds", 0, 0, MOST_GROUP_WAIT),
                        repeat()),
                new Channel.Turn(
                        fields.number("escalate_after_seconds", 0, 0, 7 * DAY),
                        new QuietHoursDocument(fields).read(),
                        fallback(id)),
                new Channel.Target(url, secret, recipients, account),
                type == ChannelType.ACTION ? action() : null);
        fields.done();
        return channel;
    }

    private List<String> groups() {
        List<String> names = fields.texts("group_by");
        if (names.size() > MOST_GROUPS || !names.stream().allMatch(Grammar::isName)) {
            fields.fault("group_by", ErrorCode.BAD_PARAMETER, "at most " + MOST_GROUPS + " fields or labels of alerts");
        }
        return names;
    }

    private void tooLong(String field, @Nullable String text, int most) {
        if (text != null && text.length() > most) {
            fields.fault(field, ErrorCode.BAD_PARAMETER, "at most " + most + " characters");
        }
    }

    private int repeat() {
        int seconds = fields.number("repeat_seconds", 0, 0, 7 * DAY);
        if (seconds > 0 && seconds < 60) {
            fields.fault("repeat_seconds", ErrorCode.BAD_PARAMETER, "0 for never, or at least 60");
        }
        return seconds;
    }

    private @Nullable String fallback(String id) {
        Optional<String> other = fields.text("fallback");
        if (other.filter(id::equals).isPresent()) {
            fields.fault("fallback", ErrorCode.BAD_PARAMETER, "the id of another channel");
        }
        return other.orElse(null);
    }

    /** Nothing is done to a network by mistake: what is not said to be meant is a dry run. */
    private Channel.Action action() {
        DocumentFields action = fields.within("action");
        if (fields.missing("action")) {
            fields.fault("action", ErrorCode.MISSING_FIELD, "what is asked for? for example {\"name\":\"failover\"}");
        } else {
            action.allowOnly(List.of("name", "dry_run", "min_network_health"));
        }
        String name = action.text("name").orElse("");
        if (!fields.missing("action") && !ACTION.matcher(name).matches()) {
            action.fault("name", ErrorCode.BAD_NAME, "1 to 64 small letters, digits, '_' or '-', such as failover");
        }
        Integer health = action.missing("min_network_health") ? null : action.number("min_network_health", 0, 0, 100);
        return new Channel.Action(name, action.bool("dry_run", true), health);
    }

    /** What else a channel needs nobody can tell of one whose type is not known. */
    private ChannelType type() throws InvalidDocumentException {
        try {
            return ChannelType.of(fields.text("type").orElse(""));
        } catch (IllegalArgumentException e) {
            fields.fault(
                    "type",
                    ErrorCode.BAD_PARAMETER,
                    "must be email, webhook, discord, slack, sms, alertmanager or action");
            fields.done();
            throw new IllegalStateException("no fault passes", e);
        }
    }

    /** Text messages cost money and sleep, so only what is critical is one where nothing else is said; nor is acted on. */
    private Severity severity(ChannelType type) {
        boolean dear = type == ChannelType.SMS || type == ChannelType.ACTION;
        try {
            return Severity.of(fields.text("min_severity").orElse(dear ? "critical" : "warning"));
        } catch (IllegalArgumentException e) {
            fields.fault("min_severity", ErrorCode.BAD_PARAMETER, String.valueOf(e.getMessage()));
            return Severity.WARNING;
        }
    }

    /** What was shown as empty may be sent back. */
    private void mustBeEmpty(String field, String why) {
        if (!fields.missing(field) && !fields.raw(field).isEmpty()) {
            fields.fault(field, ErrorCode.BAD_PARAMETER, why);
        }
    }

    private void url(ChannelType type, @Nullable String url) {
        if (url == null) {
            fields.fault("url", ErrorCode.MISSING_FIELD, "this type needs a URL");
        } else if (url.length() > LONGEST_URL) {
            tooLong("url", url, LONGEST_URL);
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
            ErrorCode code = recipients.isEmpty() ? ErrorCode.MISSING_FIELD : ErrorCode.BAD_PARAMETER;
            fields.fault("recipients", code, "this type needs 1 to " + MAX_RECIPIENTS + " recipients");
        }
        if (!recipients.stream().allMatch(recipient -> form.matcher(recipient).matches())) {
            fields.fault("recipients", ErrorCode.BAD_PARAMETER, "each must be " + wanted);
        }
    }
}
