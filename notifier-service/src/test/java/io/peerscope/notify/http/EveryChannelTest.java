package io.peerscope.notify.http;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.notify.Alerts.T0;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.action.ActionSender;
import io.peerscope.notify.deliver.Backoff;
import io.peerscope.notify.deliver.ChannelDirectory;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.deliver.Claim;
import io.peerscope.notify.deliver.DeliveryLog;
import io.peerscope.notify.deliver.Postman;
import io.peerscope.notify.deliver.Sender;
import io.peerscope.notify.form.AlertmanagerForm;
import io.peerscope.notify.form.DiscordForm;
import io.peerscope.notify.form.SlackForm;
import io.peerscope.notify.form.WebhookForm;
import io.peerscope.notify.http.ScriptedReceiver.Reply;
import io.peerscope.notify.message.Links;
import io.peerscope.notify.policy.ChannelRehearsal;
import io.peerscope.notify.sms.SmsAccount;
import io.peerscope.notify.sms.SmsSender;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A storm of alerts for each kind of channel, to a receiver that fails every other time: all of them are named, once. */
class EveryChannelTest {
    private static final Pattern HOST = Pattern.compile("\\bh\\d\\d\\b");
    /** Of those who do not answer; a machine that is busy may take others for such. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Outbound patient = new Outbound(vertx, new TargetAddress(true), LONG);
    private final Outbound impatient = new Outbound(vertx, new TargetAddress(true), SHORT);
    private final List<DeliveryRecord> notes = new ArrayList<>();
    private final Queue<OutboxMessage> outbox = new ArrayDeque<>();
    private final Map<String, Channel> channels = new HashMap<>();
    private Instant now = T0;

    static Stream<Arguments> everyChannelAndFault() {
        return Stream.of(ChannelType.values())
                .filter(type -> type != ChannelType.EMAIL)
                .flatMap(type -> Stream.of(Reply.values()).map(fault -> Arguments.of(type, fault)));
    }

    @AfterEach
    void close() {
        patient.close();
        impatient.close();
        vertx.close();
    }

    @ParameterizedTest
    @MethodSource("everyChannelAndFault")
    void every_alert_is_named_whatever_the_receiver_does(ChannelType type, Reply fault)
            throws IOException, InterruptedException {
        AtomicInteger requests = new AtomicInteger();
        // A redirect is final, so there the other channel is told. To wait for one that hangs takes time, so it does it
        // once.
        boolean always = fault == Reply.REDIRECT;
        boolean once = fault == Reply.HANG || fault == Reply.DRIP;
        try (ScriptedReceiver receiver = new ScriptedReceiver(() -> {
                    int request = requests.getAndIncrement();
                    return always || (once ? request == 0 : request % 2 == 0) ? fault : Reply.OK;
                });
                ScriptedReceiver other = new ScriptedReceiver(() -> Reply.OK)) {
            Channel channel = channel("main", type, receiver.url());
            channels.put("other", Alerts.at(Alerts.webhook("other"), other.url()));
            Set<String> hosts = storm(channel);
            Postman postman = postman(once ? impatient : patient, receiver.url());
            while (!outbox.isEmpty()) {
                assertThat(postman.deliver(outbox.remove(), new Hold())).isTrue();
            }

            assertThat(named(receiver, other)).isEqualTo(hosts);
            if (once) {
                return;
            }
            assertThat(receiver.taken().isEmpty()).isEqualTo(always);
            assertThat(ids(receiver)).as("nothing that was taken is sent again").doesNotHaveDuplicates();
            assertThat(notes)
                    .filteredOn(note -> note.channelId().equals("main") && note.status() != Status.RETRYING)
                    .extracting(DeliveryRecord::status)
                    .containsOnly(always ? Status.FAILED : Status.SENT);
        }
    }

    /** What the policy makes of alerts on many hosts within a second. */
    private Set<String> storm(Channel channel) {
        ChannelRehearsal policy = new ChannelRehearsal(channel, List.of(), T0);
        // What is too much to be done is not done later.
        int size = channel.type() == ChannelType.ACTION ? channel.pace().maxPerMinute() : 40;
        Set<String> hosts =
                IntStream.range(10, 10 + size).mapToObj(i -> "h" + i).collect(Collectors.toCollection(TreeSet::new));
        hosts.forEach(host -> policy.hear(Alerts.firing(host, CRITICAL)));
        List<ChannelRehearsal.Message> said = policy.finish(T0.plusSeconds(170));
        assertThat(said.size()).isBetween(10, 13);
        said.forEach(message -> outbox.add(
                new OutboxMessage("msg_" + outbox.size(), channel, message.type(), message.at(), message.alerts())));
        return hosts;
    }

    private Channel channel(String id, ChannelType type, String url) {
        Channel.Target target = new Channel.Target(
                type == ChannelType.SMS ? null : url,
                Alerts.webhook(id).target().secret(),
                List.of("+4915100000"),
                null);
        Channel channel = Alerts.as(type, Alerts.to(Alerts.action(id), target));
        Channel made = Alerts.turned(channel, new Channel.Turn(0, List.of(), "other"));
        channels.put(id, made);
        return made;
    }

    private Postman postman(Outbound outbound, String smsGateway) {
        Sender hook = new HttpSender(WebhookForm.ofAlerts(), outbound);
        Map<ChannelType, Sender> senders = Map.of(
                ChannelType.WEBHOOK, hook,
                ChannelType.ACTION,
                        new ActionSender(
                                new HttpSender(WebhookForm.ofActions(), outbound), at -> OptionalDouble.empty()),
                ChannelType.DISCORD, new HttpSender(new DiscordForm(Links.none()), outbound),
                ChannelType.SLACK, new HttpSender(new SlackForm(Links.none()), outbound),
                ChannelType.ALERTMANAGER, new HttpSender(new AlertmanagerForm(Links.none()), outbound),
                ChannelType.SMS,
                        new SmsSender(Map.of("own", new SmsAccount.Gateway(smsGateway, "token", "P")), outbound));
        ChannelDirectory directory = (id, existedAt) -> new Entry.Present(requireNonNull(channels.get(id)));
        return new Postman(senders, directory, new Notes(), outbox::add, Backoff.standard(), () -> now, new Random(1));
    }

    private static Set<String> named(ScriptedReceiver... receivers) {
        return Stream.of(receivers)
                .flatMap(receiver -> receiver.taken().stream())
                .flatMap(request -> HOST.matcher(request).results().map(hit -> hit.group()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of those that carry one. */
    private static List<String> ids(ScriptedReceiver receiver) {
        Pattern id = Pattern.compile("(?i)webhook-id: (\\S+)|\"id\":\"(msg_\\d+)\"");
        return receiver.taken().stream()
                .flatMap(request -> id.matcher(request).results().map(hit -> hit.group()))
                .toList();
    }

    /** Time passes only while it rests. */
    private final class Hold implements Claim {
        @Override
        public boolean held() {
            return true;
        }

        @Override
        public void rest(Duration time) {
            now = now.plus(time);
        }
    }

    private final class Notes implements DeliveryLog {
        @Override
        public void write(DeliveryRecord attempt) {
            notes.add(attempt);
        }

        @Override
        public boolean dealtWith(String deliveryId) {
            return notes.stream().anyMatch(note -> note.id().equals(deliveryId) && note.status() != Status.RETRYING);
        }

        @Override
        public Optional<String> toldInstead(String channelId, String alertId) {
            return Optional.empty();
        }
    }
}
