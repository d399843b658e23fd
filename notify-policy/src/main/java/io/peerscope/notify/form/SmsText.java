package io.peerscope.notify.form;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.message.AlertText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message in few characters. Ten segments (1530 characters, or 670 where one of them is not of the GSM alphabet) are
 * what networks carry, so a digest names each alert by rule and place only.
 */
public final class SmsText {
    /** As Twilio counts. */
    static final int LIMIT = 1530;

    private SmsText() {}

    public static String of(OutboxMessage message) {
        List<Alert> alerts = message.alerts();
        if (message.type() == MessageType.TEST) {
            return AlertText.test(message);
        }
        String text = alerts.size() == 1
                ? AlertText.line(alerts.getFirst())
                : AlertText.headline(message)
                        + alerts.stream().map(AlertText::name).collect(Collectors.joining("\n", "\n", ""));
        return AlertText.cut(text, LIMIT);
    }
}
