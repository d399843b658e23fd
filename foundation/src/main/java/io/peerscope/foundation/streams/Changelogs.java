package io.peerscope.foundation.streams;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.jboss.logging.Logger;

/**
 * Whether the topics that hold a topology's state are those it filled. Kafka Streams makes one that is missing anew and
 * begins with empty stores, though it has read far into its inputs: an alert service without a rule, and nobody is told.
 * Which topics they were is kept in a file beside the stores. Where that is lost with its disk, we notice only when all of
 * them are gone, since a new version may have one that was never there.
 */
final class Changelogs {
    private static final Logger LOG = Logger.getLogger(Changelogs.class);
    /** In the file: the time of which its topics are. */
    private static final String BEGUN_ANEW = "begun-anew";

    private static final long PATIENCE_SECONDS = 15;

    private final String applicationId;
    private final Path memory;
    private final Set<String> expected;

    Changelogs(String applicationId, Topology topology, Path stateDir) {
        this.applicationId = applicationId;
        this.memory = stateDir.resolve(applicationId + ".changelogs");
        this.expected = topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Processor.class::isInstance)
                .flatMap(node -> ((TopologyDescription.Processor) node).stores().stream())
                .map(store -> applicationId + "-" + store + "-changelog")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * To be called before the topology starts.
     *
     * @return whether it has worked before: otherwise what lies in its folder belongs to nothing on these brokers
     * @throws StateLostException where state is gone that was there
     */
    boolean verify(Admin admin) throws InterruptedException {
        Map<String, String> before = remembered();
        String begun = begunAnew(admin);
        boolean nobodySince = positions(admin, applicationId).values().stream()
                .allMatch(position -> position.metadata().equals(BeginAnew.MARK));
        boolean others = !before.isEmpty() && !begun.isEmpty() && !begun.equals(before.get(BEGUN_ANEW));
        if (nobodySince || others) {
            forget();
            return false;
        }
        before.remove(BEGUN_ANEW);
        Map<String, TopicDescription> found = found(admin);
        if (before.isEmpty() && found.isEmpty() && !expected.isEmpty()) {
            throw new StateLostException(lost(expected, "gone"));
        }
        List<String> gone = new ArrayList<>();
        List<String> strange = new ArrayList<>();
        before.forEach((name, id) -> {
            TopicDescription now = found.get(name);
            if (now == null && expected.contains(name)) {
                gone.add(name);
            } else if (now != null && !now.topicId().toString().equals(id)) {
                strange.add(name);
            }
        });
        if (!gone.isEmpty()) {
            throw new StateLostException(lost(gone, "gone"));
        }
        if (!strange.isEmpty()) {
            throw new StateLostException(lost(strange, "not the ones it filled: they were deleted and made anew"));
        }
        Set<String> cut = truncated(admin, found);
        if (!cut.isEmpty()) {
            throw new StateLostException(lost(cut, "cut off at their beginning: records of them were deleted"));
        }
        return true;
    }

    /** To be called when the topology runs, and so has all it needs. Those that are known already stay as they are. */
    void remember(Admin admin) throws InterruptedException {
        Map<String, String> known = new TreeMap<>(remembered());
        known.put(BEGUN_ANEW, begunAnew(admin));
        found(admin)
                .forEach(
                        (name, topic) -> known.putIfAbsent(name, topic.topicId().toString()));
        if (known.equals(remembered())) {
            return;
        }
        Properties file = new Properties();
        file.putAll(known);
        Path fresh = memory.resolveSibling(memory.getFileName() + ".new");
        try {
            // a topology without stores has no folder of Streams' own
            Files.createDirectories(fresh.toAbsolutePath().getParent());
            try (Writer writer = Files.newBufferedWriter(fresh)) {
                file.store(writer, "The topics that hold the state, so that it is noticed when one is lost");
            }
            Files.move(fresh, memory, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warnf("%s: which topics hold its state could not be noted in %s: %s", applicationId, memory, e);
        }
    }

    /**
     * @return what the last person left who let the application begin anew; empty where nobody did lately. Who did it when
     *     other partitions had been read may have left it at another place.
     * @see BeginAnew
     */
    private String begunAnew(Admin admin) throws InterruptedException {
        return positions(admin, BeginAnew.group(applicationId)).values().stream()
                .map(OffsetAndMetadata::metadata)
                .max(Comparator.comparing(Instant::parse))
                .orElse("");
    }

    private static Map<TopicPartition, OffsetAndMetadata> positions(Admin admin, String group)
            throws InterruptedException {
        return await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private void forget() {
        try {
            Files.deleteIfExists(memory);
        } catch (IOException e) {
            LOG.warnf("%s: %s could not be deleted: %s", applicationId, memory, e);
        }
    }

    private Map<String, String> remembered() {
        Properties file = new Properties();
        if (Files.exists(memory)) {
            try (Reader reader = Files.newBufferedReader(memory)) {
                file.load(reader);
            } catch (IOException e) {
                LOG.warnf("%s: %s cannot be read: %s", applicationId, memory, e);
            }
        }
        Map<String, String> ids = new TreeMap<>();
        file.stringPropertyNames().forEach(name -> ids.put(name, file.getProperty(name)));
        return ids;
    }

    private Map<String, TopicDescription> found(Admin admin) throws InterruptedException {
        Set<String> there = new TreeSet<>(await(admin.listTopics().names()));
        there.retainAll(expected);
        return await(admin.describeTopics(there).allTopicNames());
    }

    /** Compaction leaves the beginning where it is; only retention and people move it. No store of ours has windows. */
    private static Set<String> truncated(Admin admin, Map<String, TopicDescription> found) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> beginnings = new HashMap<>();
        found.forEach((name, topic) -> topic.partitions()
                .forEach(each -> beginnings.put(new TopicPartition(name, each.partition()), OffsetSpec.earliest())));
        return await(admin.listOffsets(beginnings).all()).entrySet().stream()
                .filter(first -> first.getValue().offset() > 0)
                .map(first -> first.getKey().topic())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String lost(Collection<String> topics, String what) {
        return ("%s does not start: the topics of its state are %s: %s. It would forget what it knew, and nobody would be"
                        + " told. If they can be brought back, bring them back. If not, let it begin anew, from what its"
                        + " inputs still hold: stop all of its instances, `peerscope begin-anew %s --yes --kafka HOST:PORT`, start"
                        + " them (docs/troubleshooting.md, \"The state is lost\")")
                .formatted(applicationId, what, String.join(", ", topics), applicationId);
    }

    private static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka refused: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not answer within " + PATIENCE_SECONDS + " s", e);
        }
    }
}
