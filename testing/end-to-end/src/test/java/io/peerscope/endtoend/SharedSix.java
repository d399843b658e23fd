package io.peerscope.endtoend;

import io.peerscope.testkit.collector.RecordingCollector;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * The six processes for all stories that leave them running; each uses hosts of its own. They are started for the first
 * story and stopped after the last, and tell a collector what they trace. When a story fails, what they said last is
 * printed.
 */
final class SharedSix implements ParameterResolver, TestWatcher {
    private static final Namespace NAMESPACE = Namespace.create(SharedSix.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == SixProcesses.class || type == RecordingCollector.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Started started = started(context);
        return parameter.getParameter().getType() == SixProcesses.class ? started.processes() : started.collector();
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        started(context).running.ifPresent(six -> System.out.println(six.lastWords()));
    }

    private static Started started(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Started.class, key -> Started.now(), Started.class);
    }

    /** The processes, or why there are none: a start that failed is not tried again for every story. */
    private record Started(
            RecordingCollector collector, Optional<SixProcesses> running, Optional<RuntimeException> failure)
            implements AutoCloseable {
        static Started now() {
            RecordingCollector collector = RecordingCollector.start();
            Map<String, String> traced =
                    Map.of("peerscope.tracing.endpoint", collector.address().toString());
            try {
                SixProcesses six = SixProcesses.start(StoryData.fresh("six"), EnumSet.allOf(Service.class), traced);
                return new Started(collector, Optional.of(six), Optional.empty());
            } catch (RuntimeException failed) {
                return new Started(collector, Optional.empty(), Optional.of(failed));
            }
        }

        SixProcesses processes() {
            return running.orElseThrow(
                    () -> new IllegalStateException("the six could not be started", failure.orElse(null)));
        }

        @Override
        public void close() {
            running.ifPresent(SixProcesses::close);
            collector.close();
        }
    }
}
