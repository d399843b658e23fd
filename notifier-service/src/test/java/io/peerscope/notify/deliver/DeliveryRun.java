package io.peerscope.notify.deliver;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.notify.Alerts.T0;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.policy.ChannelRehearsal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A storm of alerts on its way through policy and postman to real senders; time passes only while the postman rests. */
public final class DeliveryRun {
    private static final Pattern HOST = Pattern.compile("\\bh\\d\\d\\b");

    private final Notebook log = new Notebook();
    private final Queue<OutboxMessage> outbox = new ArrayDeque<>();
    private final Map<String, Channel> channels = new HashMap<>();
    private Instant now = T0;

    public void put(Channel channel) {
        channels.put(channel.id(), channel);
    }

    /** What the policy makes of alerts on many hosts within a second. */
    public Set<String> storm(Channel channel) {
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

    /** Each message comes to its end. */
    public void deliver(Map<ChannelType, Sender> senders) throws InterruptedException {
        ChannelDirectory directory = (id, existedAt) -> new Entry.Present(requireNonNull(channels.get(id)));
        Postman postman = new Postman(
                senders,
                directory,
                log,
                outbox::add,
                (id, message) -> {},
                Backoff.standard(),
                () -> now,
                new Random(1));
        while (!outbox.isEmpty()) {
            assertThat(postman.deliver(outbox.remove(), new Hold())).isTrue();
        }
    }

    /** How the messages of a channel ended. */
    public List<Status> ends(String channelId) {
        return log.written().stream()
                .filter(note -> note.channelId().equals(channelId) && note.status() != Status.RETRYING)
                .map(DeliveryRecord::status)
                .toList();
    }

    /** The storm's hosts that a text names. */
    public static Set<String> hostsIn(String text) {
        return HOST.matcher(text).results().map(hit -> hit.group()).collect(Collectors.toCollection(TreeSet::new));
    }

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
}
