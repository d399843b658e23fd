package io.peerscope.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.action.ActionSender;
import io.peerscope.notify.deliver.DeliveryRun;
import io.peerscope.notify.deliver.Sender;
import io.peerscope.notify.form.AlertmanagerForm;
import io.peerscope.notify.form.DiscordForm;
import io.peerscope.notify.form.SlackForm;
import io.peerscope.notify.form.WebhookForm;
import io.peerscope.notify.http.ScriptedReceiver.Reply;
import io.peerscope.notify.message.Links;
import io.peerscope.notify.sms.SmsAccount;
import io.peerscope.notify.sms.SmsSender;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A storm of alerts for each kind of channel that speaks HTTP, to a receiver that fails every other time: all of them are named, once. */
class EveryChannelTest {
    /** Of those who do not answer; a machine that is busy may take others for such. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Outbound patient = new Outbound(vertx, new TargetAddress(true, List.of(443)), LONG);
    private final Outbound impatient = new Outbound(vertx, new TargetAddress(true, List.of(443)), SHORT);
    private final DeliveryRun run = new DeliveryRun();

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
            run.put(Alerts.at(Alerts.webhook("other"), other.url()));
            Set<String> hosts = run.storm(channel);
            run.deliver(senders(once ? impatient : patient, receiver.url()));

            assertThat(named(receiver, other)).isEqualTo(hosts);
            if (once) {
                return;
            }
            assertThat(receiver.taken().isEmpty()).isEqualTo(always);
            assertThat(ids(receiver)).as("nothing that was taken is sent again").doesNotHaveDuplicates();
            assertThat(run.ends("main")).containsOnly(always ? Status.FAILED : Status.SENT);
        }
    }

    private Channel channel(String id, ChannelType type, String url) {
        Channel.Target target = new Channel.Target(
                type == ChannelType.SMS ? null : url,
                Alerts.webhook(id).target().secret(),
                List.of("+4915100000"),
                null);
        Channel channel = Alerts.as(type, Alerts.to(Alerts.action(id), target));
        Channel made = Alerts.turned(channel, new Channel.Turn(0, List.of(), "other"));
        run.put(made);
        return made;
    }

    private static Map<ChannelType, Sender> senders(Outbound outbound, String smsGateway) {
        return Map.of(
                ChannelType.WEBHOOK, new HttpSender(WebhookForm.ofAlerts(), outbound),
                ChannelType.ACTION,
                        new ActionSender(
                                new HttpSender(WebhookForm.ofActions(), outbound), at -> OptionalDouble.empty()),
                ChannelType.DISCORD, new HttpSender(new DiscordForm(Links.none()), outbound),
                ChannelType.SLACK, new HttpSender(new SlackForm(Links.none()), outbound),
                ChannelType.ALERTMANAGER, new HttpSender(new AlertmanagerForm(Links.none()), outbound),
                ChannelType.SMS,
                        new SmsSender(Map.of("own", new SmsAccount.Gateway(smsGateway, "token", "P")), outbound));
    }

    private static Set<String> named(ScriptedReceiver... receivers) {
        return Stream.of(receivers)
                .flatMap(receiver -> receiver.taken().stream())
                .flatMap(request -> DeliveryRun.hostsIn(request).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of those that carry one. */
    private static List<String> ids(ScriptedReceiver receiver) {
        Pattern id = Pattern.compile("(?i)webhook-id: (\\S+)|\"id\":\"(msg_\\d+)\"");
        return receiver.taken().stream()
                .flatMap(request -> id.matcher(request).results().map(hit -> hit.group()))
                .toList();
    }
}
