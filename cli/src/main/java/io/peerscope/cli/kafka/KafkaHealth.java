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
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
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
        Topic.all().forEach(topic -> counts.computeIfAbsent(topic.partitioning(), kind -> new java.util.TreeSet<>())
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
        if (read.isEmpty()) {
            return Finding.failed("has never read anything", "Its service has not got that far: see its readiness.");
        }
        Map<TopicPartition, ListOffsetsResultInfo> ends = ends(read.keySet());
        long behind = read.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .mapToLong(entry ->
                        Math.max(0, end(ends, entry.getKey()) - entry.getValue().offset()))
                .sum();
        return behind < BEHIND
                ? Finding.ok(behind + " records")
                : Finding.warning(
                        behind + " records",
                        "It catches up, or is too slow: docs/scaling.md. More partitions or instances help, if it has CPU.");
    }

    private Finding deadLetters() {
        Map<TopicPartition, OffsetSpec> firsts = new HashMap<>();
        Topic.all().stream()
                .map(Topic::topicName)
                .filter(name -> name.endsWith(".dlq"))
                .forEach(name -> firsts.put(new TopicPartition(name, 0), OffsetSpec.earliest()));
        Map<TopicPartition, ListOffsetsResultInfo> begins =
                Kafka.answer(admin.listOffsets(firsts).all());
        Map<TopicPartition, ListOffsetsResultInfo> ends = ends(firsts.keySet());
        Map<String, Long> letters = new java.util.TreeMap<>();
        begins.forEach((partition, begin) -> {
            long count = end(ends, partition) - begin.offset();
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

    private Map<TopicPartition, ListOffsetsResultInfo> ends(Set<TopicPartition> partitions) {
        return Kafka.answer(
                admin.listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())))
                        .all());
    }

    private static long end(Map<TopicPartition, ListOffsetsResultInfo> ends, TopicPartition partition) {
        ListOffsetsResultInfo end = ends.get(partition);
        return end == null ? 0 : end.offset();
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(2));
    }
}
