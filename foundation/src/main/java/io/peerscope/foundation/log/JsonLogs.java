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
 * routes. What was said earlier is text, which is little unless it cannot start at all.
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

    /**
     * Of every logger there is, and those that handlers hand on to. The manager names only loggers that somebody holds just
     * now, so those that handlers are configured for are named here, the root among them.
     */
    private static Stream<Handler> all() {
        Stream<String> held = Collections.list(LogManager.getLogManager().getLoggerNames()).stream();
        Stream<String> ours = Stream.of("", AccessLog.LOGGER, LogStream.ALERTS, LogStream.MESSAGES);
        return Stream.concat(ours, held)
                .map(Logger::getLogger)
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
