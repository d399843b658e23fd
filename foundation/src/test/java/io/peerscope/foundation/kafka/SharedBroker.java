package io.peerscope.foundation.kafka;

import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One real broker for all tests of this module, with the topics of the catalogue; resolves {@link KafkaClients}. */
public final class SharedBroker implements ParameterResolver {

    private record Running(EmbeddedKafka kafka, KafkaClients clients) implements AutoCloseable {
        static Running start() {
            try {
                Path data = Files.createTempDirectory("foundation-kafka");
                EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(data));
                KafkaClients clients =
                        new KafkaClients(KafkaConfig.local(kafka.bootstrapServers(), data.resolve("streams")));
                try (Admin admin = clients.admin("test-admin")) {
                    new Topics(admin, clients.config()).ensure();
                }
                return new Running(kafka, clients);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            kafka.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaClients.class;
    }

    @Override
    public KafkaClients resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .clients();
    }
}
