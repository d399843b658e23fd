package io.peerscope.embedded;

import io.peerscope.embedded.KafkaOptions.Passage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files the broker is configured by. */
record BrokerConfig(Path dataDir, int port, Quorum quorum, Optional<Passage> passage) {
    static final String LOG_FILE = "kafka.log";

    Path logDir() {
        return dataDir.resolve("log");
    }

    boolean isFormatted() {
        return Files.exists(logDir().resolve("meta.properties"));
    }

    String properties() {
        return """
                process.roles=broker,controller
                node.id=%4$d
                # static voters: the port of a controller that is alone may change with every start
                controller.quorum.voters=%5$s
                listeners=BROKER://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d%9$s
                advertised.listeners=BROKER://127.0.0.1:%1$d%10$s
                listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,PASSAGE:PLAINTEXT
                inter.broker.listener.name=BROKER
                controller.listener.names=CONTROLLER
                log.dirs=%3$s

                auto.create.topics.enable=false
                default.replication.factor=%6$d
                min.insync.replicas=%7$d
                offsets.topic.replication.factor=%6$d
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=%6$d
                transaction.state.log.min.isr=%7$d
                transaction.state.log.num.partitions=4
                # a transaction that begins while the one before is being ended waits this long: the default of 20 ms would be
                # most of the way of an alert
                add.partitions.to.txn.retry.backoff.ms=2
                share.coordinator.state.topic.replication.factor=%6$d
                share.coordinator.state.topic.min.isr=%7$d
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
                metadata.max.idle.interval.ms=%8$d
                %11$s""".formatted(
                        port,
                        quorum.port(),
                        logDir().toString().replace("\\", "\\\\"),
                        quorum.node(),
                        quorum.voters(),
                        quorum.size(),
                        quorum.size() > 2 ? 2 : 1,
                        quorum.size() > 1 ? 500 : 5000,
                        passage.map(way -> ",PASSAGE://127.0.0.1:" + way.port()).orElse(""),
                        passage.map(way -> ",PASSAGE://127.0.0.1:" + way.told()).orElse(""),
                        passage.stream()
                                .flatMap(way -> way.settings().entrySet().stream())
                                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                                .collect(Collectors.joining()));
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
