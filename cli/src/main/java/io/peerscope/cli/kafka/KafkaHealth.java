package io.peerscope.cli.kafka;

import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** Brokers, topics, replicas, and how far the stages of Peerscope are behind. */
public final class KafkaHealth implements AutoCloseable {
    private static final long BEHIND = 10_000;

    private final Admin admin;

    public KafkaHealth(KafkaClients clients) {
        this.admin = clients.admin("cli-doctor");
    }

    public void examine(Report report) {
        if (report.step("kafka", this::brokers) && report.step("topics", this::topics)) {
            report.step("replicas", this::replicas);
            for (Application application : Application.values()) {
                report.step("lag " + application.id(), () -> lag(application));
            }
            report.step("dead letter topics", this::deadLetters);
        }
    }

    private Finding brokers() {
        var cluster = admin.describeCluster();
        return Finding.ok("%d brokers, cluster %s"
                .formatted(Kafka.answer(cluster.nodes()).size(), Kafka.answer(cluster.clusterId())));
    }

    private Finding topics() {
        Set<String> existing = Kafka.answer(admin.listTopics().names());
        List<String> missing = Topic.all().stream()
                .map(Topic::topicName)
                .filter(name -> !existing.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            return Finding.failed(
                    "missing: " + String.join(", ", missing),
                    "Any service creates them when it starts, if its user may; else the manifests of deploy/kubernetes do.");
        }
        Map<Topic.Partitioning, Set<Integer>> counts = new HashMap<>();
        Map<String, TopicDescription> described = described();
        Topic.all().forEach(topic -> counts.computeIfAbsent(topic.partitioning(), kind -> new TreeSet<>())
                .add(partitions(described, topic).size()));
        Set<Integer> byHost = counts.getOrDefault(Topic.Partitioning.BY_HOST, Set.of());
        return byHost.size() == 1
                ? Finding.ok("%d, those by host with %s partitions"
                        .formatted(Topic.all().size(), byHost))
                : Finding.failed(
                        "topics by host have different numbers of partitions: " + byHost,
                        "What concerns one host must meet in one partition number: move the data to equal topics.");
    }

    private Finding replicas() {
        List<String> thin = new ArrayList<>();
        described().forEach((name, topic) -> topic.partitions().stream()
                .filter(one -> one.leader() == null
                        || one.isr().size() < one.replicas().size())
                .forEach(one -> thin.add(name + "-" + one.partition())));
        return thin.isEmpty()
                ? Finding.ok("all in sync")
                : Finding.failed(
                        "%d partitions lack a leader or a replica: %s"
                                .formatted(thin.size(), thin.stream().limit(5).collect(Collectors.joining(", "))),
                        "A broker is away or catches up. With fewer than two in sync, writes are refused (503).");
    }

    private Finding lag(Application application) {
        Map<TopicPartition, OffsetAndMetadata> read =
                Kafka.answer(admin.listConsumerGroupOffsets(application.id()).partitionsToOffsetAndMetadata());
        Set<TopicPartition> assigned = assigned(application);
        if (read.isEmpty() && assigned.isEmpty()) {
            return Finding.failed("nobody does its work", "Its service has not got that far: see its readiness.");
        }
        // who has never been sent anything has no position either
        Map<TopicPartition, Long> positions = offsets(assigned, OffsetSpec.earliest());
        read.forEach((partition, position) -> {
            if (position != null) {
                positions.put(partition, position.offset());
            }
        });
        Map<TopicPartition, Long> ends = offsets(positions.keySet(), OffsetSpec.latest());
        long behind = positions.entrySet().stream()
                .mapToLong(entry -> Math.max(0, ends.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .sum();
        return behind < BEHIND
                ? Finding.ok(behind + " records")
                : Finding.warning(
                        behind + " records",
                        "It catches up, or is too slow: docs/scaling.md. More partitions or instances help, if it has CPU.");
    }

    private Set<TopicPartition> assigned(Application application) {
        List<String> known = Kafka.answer(admin.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .filter(application.id()::equals)
                .toList();
        return Kafka.answer(admin.describeConsumerGroups(known).all()).values().stream()
                .flatMap(group -> group.members().stream())
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .collect(Collectors.toSet());
    }

    private Finding deadLetters() {
        Set<TopicPartition> topics = Topic.all().stream()
                .map(Topic::topicName)
                .filter(name -> name.endsWith(".dlq"))
                .map(name -> new TopicPartition(name, 0))
                .collect(Collectors.toSet());
        Map<TopicPartition, Long> ends = offsets(topics, OffsetSpec.latest());
        Map<String, Long> letters = new TreeMap<>();
        offsets(topics, OffsetSpec.earliest()).forEach((partition, begin) -> {
            long count = ends.getOrDefault(partition, begin) - begin;
            if (count > 0) {
                letters.put(partition.topic(), count);
            }
        });
        return letters.isEmpty()
                ? Finding.ok("empty")
                : Finding.warning(letters.toString(), "`peerscope replay-dlq TOPIC --dry-run` shows them.");
    }

    private Map<String, TopicDescription> described() {
        return Kafka.answer(
                admin.describeTopics(Topic.all().stream().map(Topic::topicName).toList())
                        .allTopicNames());
    }

    private static List<TopicPartitionInfo> partitions(Map<String, TopicDescription> described, Topic topic) {
        TopicDescription description = described.get(topic.topicName());
        return description == null ? List.of() : description.partitions();
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Kafka.answer(admin.listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, one -> which)))
                        .all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(2));
    }
}
