package io.peerscope.foundation.streams;

import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.NativeLz4;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/**
 * One running topology. Several live in one JVM, each under its own application id. Exactly once; a record that cannot
 * be read or processed goes to the dead letters and the rest goes on; a thread that dies is replaced. It does not begin
 * where the topics of its state are lost.
 */
public final class HostedStreams implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HostedStreams.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(8);
    private static final Duration CLOCK_LOOK = Duration.ofSeconds(1);

    private final String applicationId;
    private final KafkaStreams streams;
    private final Setbacks setbacks = new Setbacks(System::nanoTime);
    private final AtomicReference<String> lastFailure = new AtomicReference<>("");

    /** Why it was stopped though nobody asked for it; else empty. */
    private volatile String lost = "";

    private final Losses losses;
    private final StateTrouble state;

    /** Threads to be replaced, as the clock was set back; touched by the watch of the clock only. */
    private int stale;

    /** Threads that were removed and could not be begun again yet; touched by the watch of the clock only. */
    private int missing;

    private HostedStreams(String applicationId, KafkaStreams streams, Losses losses, StateTrouble state) {
        this.applicationId = applicationId;
        this.streams = streams;
        this.losses = losses;
        this.state = state;
    }

    /**
     * Overrides for topologies that somebody waits for. The thread looks at the clock, and so commits, only between two
     * polls: a commit interval below the length of a poll would mean nothing.
     *
     * @param commitInterval what was written is visible after about this time; each commit costs a transaction
     */
    public static Map<String, Object> urgent(Duration commitInterval) {
        return Map.of(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis(), StreamsConfig.POLL_MS_CONFIG, 5L);
    }

    /**
     * @param deadLetters where unreadable records go
     * @param overrides Streams settings that this topology needs otherwise
     * @throws StateLostException where it would begin with empty stores in the middle of its work
     */
    public static HostedStreams start(
            Application application,
            Topology topology,
            KafkaConfig config,
            Topic deadLetters,
            Map<String, Object> overrides) {
        return start(application, topology, config, deadLetters, overrides, Time.SYSTEM);
    }

    /** @param time the clock that the topology sees */
    public static HostedStreams start(
            Application application,
            Topology topology,
            KafkaConfig config,
            Topic deadLetters,
            Map<String, Object> overrides,
            Time time) {
        NativeLz4.load();
        String applicationId = application.id();
        Properties properties = settings(application, config, deadLetters);
        properties.putAll(overrides);
        Changelogs changelogs = new Changelogs(applicationId, topology, config.stateDir());
        KafkaClients clients = new KafkaClients(config);
        boolean workedBefore = verify(changelogs, clients, applicationId);
        Losses losses = new Losses(applicationId, System::nanoTime);
        KafkaStreams streams = new KafkaStreams(topology, properties, new BoundedClients(losses::add), time);
        if (!workedBefore
                && Files.isDirectory(config.stateDir().resolve(applicationId).resolve("0_0"))) {
            streams.cleanUp();
        }
        HostedStreams hosted = new HostedStreams(
                applicationId, streams, losses, new StateTrouble(config.stateDir(), System::nanoTime));
        streams.setUncaughtExceptionHandler(hosted::died);
        streams.setStateListener((now, before) -> {
            LOG.debugf("%s: %s -> %s", applicationId, before, now);
            // A fenced thread is caught by Streams itself: nobody else is told that it begins again.
            if (before == KafkaStreams.State.RUNNING && now == KafkaStreams.State.REBALANCING) {
                hosted.setbacks.add();
            }
            if (now == KafkaStreams.State.RUNNING) {
                Thread.ofVirtual().name(applicationId + "-changelogs").start(() -> hosted.look(changelogs, clients));
            }
        });
        streams.start();
        Thread.ofVirtual().name(applicationId + "-clock").start(() -> hosted.watch(time));
        return hosted;
    }

    /**
     * A thread of Streams whose clock is set back commits nothing, and calls nobody by the clock, until it is as late again
     * as it was: another one takes its place.
     */
    private void watch(Time time) {
        SteppedBack clock = new SteppedBack(time.milliseconds(), time.nanoseconds());
        boolean failing = false;
        while (!streams.state().hasStartedOrFinishedShuttingDown()) {
            LockSupport.parkNanos(CLOCK_LOOK.toNanos());
            try {
                beginMissingThreads();
                long before = time.nanoseconds();
                long wall = time.milliseconds();
                // who stood still between the two would take it for a step
                boolean atOnce = time.nanoseconds() - before < CLOCK_LOOK.toNanos();
                if (atOnce && clock.look(wall, before) && streams.state().isRunningOrRebalancing()) {
                    LOG.warnf("%s: the clock was set back, beginning its work again", applicationId);
                    stale = streams.metadataForLocalThreads().size();
                }
                while (stale > 0) {
                    replaceThread();
                }
                failing = false;
            } catch (RuntimeException e) {
                // Also what nobody foresaw must not end the watch.
                if (!failing) {
                    LOG.warnf("%s: %d threads wait to be begun again: %s", applicationId, stale + missing, e);
                }
                failing = true;
            }
        }
    }

    /** One that does not end in time ends later; there is another one in any case. */
    private void replaceThread() {
        try {
            streams.removeStreamThread(CLOSE_PATIENCE);
        } catch (KafkaException e) {
            LOG.warnf("%s: a thread takes long to end: %s", applicationId, e.getMessage());
        }
        stale--;
        missing++;
        beginMissingThreads();
    }

    private void beginMissingThreads() {
        while (missing > 0 && streams.addStreamThread().isPresent()) {
            missing--;
        }
    }

    private static boolean verify(Changelogs changelogs, KafkaClients clients, String applicationId) {
        try (Admin admin = clients.admin(applicationId + "-changelogs")) {
            return changelogs.verify(admin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** A topic that is deleted while we are at work is made anew by Streams when it takes up its tasks the next time. */
    private void look(Changelogs changelogs, KafkaClients clients) {
        try (Admin admin = clients.admin(applicationId + "-changelogs")) {
            changelogs.verify(admin);
            changelogs.remember(admin);
        } catch (StateLostException e) {
            LOG.error(e.getMessage());
            lost = String.valueOf(e.getMessage());
            streams.close(Duration.ZERO);
        } catch (KafkaException e) {
            LOG.warnf("%s: the topics of its state were not looked at: %s", applicationId, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StreamThreadExceptionResponse died(Throwable failure) {
        setbacks.add();
        lastFailure.set(String.valueOf(failure.getMessage()));
        state.died(applicationId, failure).ifPresent(LOG::error);
        // The group waits for the dead one until its session is over, so this is no busy loop.
        LOG.errorf(failure, "%s: a thread died and is replaced", applicationId);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** The settings every topology runs with; also what topology tests should use. */
    public static Properties settings(Application application, KafkaConfig config, Topic deadLetters) {
        String applicationId = application.id();
        Properties settings = new Properties();
        settings.putAll(config.client());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, applicationId);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        // As in KafkaClients: while the brokers are away the default forgets the partitions and floods the log.
        settings.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replication());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.POLL_MS_CONFIG, 50L);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FaultyRecords.class);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, LargeOutputs.class);
        settings.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, deadLetters.topicName());
        // A static member that comes back takes its tasks at once; without it a kill -9 costs a session time-out.
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                applicationId + "-" + config.instance());
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 15_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 50);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // Waited whenever a transaction begins before the one before is ended; the default of 100 ms is a stall for
        // nothing.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        return settings;
    }

    public String applicationId() {
        return applicationId;
    }

    public Condition condition() {
        return switch (streams.state()) {
            case RUNNING -> atWork();
            case CREATED, REBALANCING ->
                state.condition() instanceof Condition.Down down
                        ? down
                        : new Condition.Down(applicationId + " is taking up its work");
            case PENDING_SHUTDOWN, NOT_RUNNING ->
                new Condition.Down(lost.isEmpty() ? applicationId + " is stopped" : lost);
            case PENDING_ERROR, ERROR -> new Condition.Down(applicationId + " failed: " + lastFailure.get());
        };
    }

    /** The worst of them. */
    private Condition atWork() {
        if (state.condition() instanceof Condition.Down down) {
            return down;
        }
        Condition often = setbacks.condition(applicationId);
        return often instanceof Condition.Ok ? losses.condition() : often;
    }

    @Override
    public void close() {
        streams.close(CLOSE_PATIENCE);
    }
}
