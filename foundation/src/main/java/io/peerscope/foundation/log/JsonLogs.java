package io.peerscope.foundation.log;

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
 * Writes every log as {@link JsonLines}, console and files alike, where {@code peerscope.log.json} is true. Begins when a
 * service starts its work: the platform sets up the handlers of the log after its beans, and in some services after its
 * routes. What it says earlier is still text, which is nothing unless it cannot start at all.
 */
public final class JsonLogs {
    /** {@code true} or {@code false}, the default. */
    public static final String SETTING = "peerscope.log.json";

    private JsonLogs() {}

    /** Again changes nothing. */
    public static void asConfigured() {
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
