package io.peerscope.foundation.log;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.Collections;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtHandler;

/**
 * Writes every log as {@link JsonLines}, console and files alike, where {@code peerscope.log.json} is true. Begins when the
 * HTTP server is prepared, the first that happens once the handlers of the log exist; what the framework says earlier is
 * still text, which is little unless it cannot start at all.
 */
@ApplicationScoped
public class JsonLogs {
    /** {@code true} or {@code false}, the default. */
    public static final String SETTING = "peerscope.log.json";

    void begin(@Observes Router prepared) {
        Config config = ConfigProvider.getConfig();
        if (config.getOptionalValue(SETTING, Boolean.class).orElse(false)) {
            JsonLines lines = new JsonLines(config.getOptionalValue("quarkus.application.name", String.class)
                    .orElse("peerscope"));
            all().forEach(handler -> handler.setFormatter(lines));
        }
    }

    /** Of every logger there is, and those that handlers hand on to. */
    private static Stream<Handler> all() {
        LogManager manager = LogManager.getLogManager();
        return Collections.list(manager.getLoggerNames()).stream()
                .map(manager::getLogger)
                .filter(logger -> logger != null)
                .map(Logger::getHandlers)
                .flatMap(Arrays::stream)
                .flatMap(JsonLogs::andBehind)
                .distinct();
    }

    private static Stream<Handler> andBehind(Handler handler) {
        return handler instanceof ExtHandler front
                ? Stream.concat(
                        Stream.of(handler), Arrays.stream(front.getHandlers()).flatMap(JsonLogs::andBehind))
                : Stream.of(handler);
    }
}
