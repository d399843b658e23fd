package io.peerscope.notify.sms;

import io.peerscope.contracts.json.Json;
import io.peerscope.notify.form.Letter;
import io.peerscope.notify.message.BaseUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Who sends text messages for us. */
public sealed interface SmsAccount {
    /** @param recipient in E.164, with the plus sign */
    Letter write(String recipient, String text, String messageId);

    /**
     * Twilio's Messages resource, which others have copied.
     *
     * @param url {@code https://api.twilio.com}, or who speaks like it
     * @param from a number, or a messaging service where it begins with {@code MG}
     */
    record Twilio(String url, String sid, String token, String from) implements SmsAccount {
        @Override
        public Letter write(String recipient, String text, String messageId) {
            Map<String, String> form =
                    Map.of("To", recipient, from.startsWith("MG") ? "MessagingServiceSid" : "From", from, "Body", text);
            String body = form.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            String login = Base64.getEncoder().encodeToString((sid + ":" + token).getBytes(StandardCharsets.UTF_8));
            return new Letter(
                    new BaseUrl(url).with("/2010-04-01/Accounts/" + sid + "/Messages.json"),
                    "application/x-www-form-urlencoded",
                    Map.of("Authorization", "Basic " + login),
                    body.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public String toString() {
            return "Twilio[" + url + "]";
        }
    }

    /** Any gateway that takes {@code {"id","to","from","text"}} with a bearer token; the id is the same on every attempt. */
    record Gateway(String url, String token, String from) implements SmsAccount {
        private record Body(String id, String to, String from, String text) {}

        @Override
        public Letter write(String recipient, String text, String messageId) {
            return new Letter(
                    url,
                    "application/json",
                    Map.of("Authorization", "Bearer " + token),
                    Json.encode(new Body(messageId, recipient, from, text)));
        }

        @Override
        public String toString() {
            return "Gateway[" + url + "]";
        }
    }
}
