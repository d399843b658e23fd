package io.peerscope.foundation.streams;

import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Lets an application whose state is lost begin with none: what was said once and for all (rules, channels) is read from the
 * beginning, and of the rest as much as still matters. All of its instances must be stopped.
 */
public final class BeginAnew {
    /** Stands at positions that were set here, until the first that is committed in the course of work. */
    static final String MARK = "begin-anew";

    /** Older samples change no alert; the live view is about less. */
    private static final Duration RECENT = Duration.ofHours(1);

    private final Admin admin;
    private final Application application;

    public BeginAnew(Admin admin, Application application) {
        this.admin = admin;
        this.application = application;
    }

    /** What was done: the changelogs that are gone, and how many partitions are read again. */
    public record Done(Set<String> changelogs, int partitions) {}

    static String group(String applicationId) {
        return applicationId + "-begin-anew";
    }

    /** How many instances are at work; as long as there is one, nothing may be done. */
    public int instances() throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(application.id())).all().get().values().stream()
                    .mapToInt(group -> group.members().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    /** @param now which instances that left their state behind will know this beginning by */
    public Done run(Instant now) throws ExecutionException, InterruptedException {
        Set<TopicPartition> inputs = admin.listConsumerGroupOffsets(application.id())
                .partitionsToOffsetAndMetadata()
                .get()
                .keySet();
        Map<TopicPartition, OffsetAndMetadata> positions = positions(inputs, now);
        if (positions.isEmpty()) {
            return new Done(Set.of(), 0); // it has never worked: it begins anew in any case
        }
        TopicPartition any = positions.keySet().iterator().next();
        admin.alterConsumerGroupOffsets(group(application.id()), Map.of(any, new OffsetAndMetadata(0, now.toString())))
                .all()
                .get();
        Set<String> changelogs = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(application.id() + "-") && name.endsWith("-changelog"))
                .collect(Collectors.toSet());
        admin.deleteTopics(changelogs).all().get();
        admin.alterConsumerGroupOffsets(application.id(), positions).all().get();
        return new Done(changelogs, positions.size());
    }

    private Map<TopicPartition, OffsetAndMetadata> positions(Set<TopicPartition> inputs, Instant now)
            throws ExecutionException, InterruptedException {
        Map<String, Topic> topics =
                Topic.all().stream().collect(Collectors.toMap(Topic::topicName, Function.identity()));
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicPartition input : inputs) {
            Topic topic = topics.get(input.topic());
            if (topic == null) {
                continue;
            }
            ends.put(input, OffsetSpec.latest());
            wanted.put(
                    input,
                    topic.cleanup() == Topic.Cleanup.COMPACT
                            ? OffsetSpec.earliest()
                            : application == Application.NOTIFIER
                                    ? OffsetSpec.latest() // nobody is told of old alerts once more
                                    : OffsetSpec.forTimestamp(now.minus(RECENT).toEpochMilli()));
        }
        Map<TopicPartition, ListOffsetsResultInfo> end =
                admin.listOffsets(ends).all().get();
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        admin.listOffsets(wanted).all().get().forEach((input, found) -> {
            ListOffsetsResultInfo last = end.get(input);
            if (last != null) {
                // -1: nothing came since
                positions.put(input, new OffsetAndMetadata(found.offset() < 0 ? last.offset() : found.offset(), MARK));
            }
        });
        return positions;
    }
}
