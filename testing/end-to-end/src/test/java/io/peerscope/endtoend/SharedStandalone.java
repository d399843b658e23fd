package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * One standalone for all stories that leave it as they found it; each uses hosts of its own. It is started for the first
 * story and stopped after the last. When a story fails, what the process said last is printed.
 */
final class SharedStandalone implements ParameterResolver, TestWatcher {
    private static final Namespace NAMESPACE = Namespace.create(SharedStandalone.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PeerscopeProcess.class;
    }

    @Override
    public PeerscopeProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return started(context).process();
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        started(context).running.ifPresent(process -> System.out.println(process.lastWords()));
    }

    private static Started started(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Started.class, key -> Started.now(), Started.class);
    }

    /** The process, or why there is none: a start that failed is not tried again for every story. */
    private record Started(Optional<PeerscopeProcess> running, Optional<RuntimeException> failure)
            implements AutoCloseable {
        static Started now() {
            try {
                return new Started(Optional.of(PeerscopeProcess.start(StoryData.fresh("shared"))), Optional.empty());
            } catch (RuntimeException failed) {
                return new Started(Optional.empty(), Optional.of(failed));
            }
        }

        PeerscopeProcess process() {
            return running.orElseThrow(
                    () -> new IllegalStateException("standalone could not be started", failure.orElse(null)));
        }

        @Override
        public void close() {
            running.ifPresent(PeerscopeProcess::close);
        }
    }
}
