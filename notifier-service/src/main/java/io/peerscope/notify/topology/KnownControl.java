package io.peerscope.notify.topology;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.notify.policy.Inhibitors;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What people have said of channels and inhibitions, as a step of the topology has read it. */
final class KnownControl {
    private final ProcessorContext<?, ?> context;
    private final KnownChannels channels;
    private final KnownInhibitors inhibitors;

    KnownControl(ProcessorContext<?, ?> context) {
        this.context = context;
        this.channels = new KnownChannels(context.getStateStore(NotifierTopology.CHANNELS_STORE));
        this.inhibitors = new KnownInhibitors(
                context.getStateStore(NotifierTopology.INHIBITIONS_STORE),
                context.getStateStore(NotifierTopology.CAUSES_STORE));
    }

    /** What a record of their topics makes of one of them. */
    sealed interface Change {
        record ChannelWritten(String id) implements Change {}

        record ChannelRemoved(String id) implements Change {}

        record InhibitionChanged() implements Change {}
    }

    Change change(Record<String, @Nullable Object> row) {
        return switch (row.value()) {
            case Channel channel -> {
                channels.change(row.key(), channel);
                yield new Change.ChannelWritten(row.key());
            }
            case Inhibition inhibition -> {
                inhibitors.change(row.key(), inhibition);
                yield new Change.InhibitionChanged();
            }
            case null -> removed(row.key());
            default -> throw new IllegalStateException("no event, channel or inhibition: " + row.value());
        };
    }

    /** A removal has no value to know it by. */
    private Change removed(String id) {
        boolean ofInhibition = context.recordMetadata()
                .map(read -> read.topic().equals(Topic.NOTIFICATIONS_INHIBITIONS.topicName()))
                .orElse(false);
        if (ofInhibition) {
            inhibitors.change(id, null);
            return new Change.InhibitionChanged();
        }
        channels.change(id, null);
        return new Change.ChannelRemoved(id);
    }

    Optional<Channel> channel(String id) {
        return channels.get(id);
    }

    Collection<Channel> channels() {
        return channels.all();
    }

    Inhibitors inhibitors() {
        return inhibitors.view();
    }

    /** Of an alert that may be a cause, or was one. */
    void hear(AlertEvent event) {
        inhibitors.hear(event);
    }
}
