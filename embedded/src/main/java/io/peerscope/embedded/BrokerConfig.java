package io.peerscope.embedded;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;

/** The files the broker is configured by. */
record BrokerConfig(Path dataDir, int port, int controllerPort) {
    static final String LOG_FILE = "kafka.log";

    Path logDir() {
        return dataDir.resolve("log");
    }

    boolean isFormatted() {
        return Files.exists(logDir().resolve("meta.properties"));
    }

    /** Used for a storage that has none yet; Kafka writes 16 bytes in URL-safe Base64. */
    String newClusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        bytes[0] &= 0x7f; // no leading '-', which a command line takes for an option
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String properties() {
        return """
                process.roles=broker,controller
                node.id=1
                # static voters: the controller's port may change with every start
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=BROKER://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=BROKER://127.0.0.1:%1$d
                listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=BROKER
                controller.listener.names=CONTROLLER
                log.dirs=%3$s

                auto.create.topics.enable=false
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                # a killed broker can register again only after its old session: the default of 9 s would be its down-time
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                # the default refuses records stamped an hour ahead, which a sender would retry for ever
                log.message.timestamp.after.max.ms=9223372036854775807

                # one node and few clients on a small machine
                num.network.threads=2
                num.io.threads=4
                num.replica.fetchers=1
                background.threads=2
                num.recovery.threads.per.data.dir=2
                log.cleaner.threads=1
                log.cleaner.dedupe.buffer.size=16777216
                log.cleaner.io.buffer.size=262144
                # alone in its quorum, it has nobody to keep awake
                metadata.max.idle.interval.ms=5000
                """.formatted(port, controllerPort, logDir().toString().replace("\\", "\\\\"));
    }

    /** Warnings only, in at most 40 MB of files. */
    String logging() {
        return """
                status=error
                appender.file.type=RollingFile
                appender.file.name=file
                appender.file.fileName=%1$s
                appender.file.filePattern=%1$s.%%i
                appender.file.layout.type=PatternLayout
                appender.file.layout.pattern=%%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %%p %%m (%%c)%%n
                appender.file.policies.type=Policies
                appender.file.policies.size.type=SizeBasedTriggeringPolicy
                appender.file.policies.size.size=10MB
                appender.file.strategy.type=DefaultRolloverStrategy
                appender.file.strategy.max=3
                rootLogger.level=warn
                rootLogger.appenderRef.file.ref=file
                """.formatted(dataDir.resolve(LOG_FILE));
    }
}
