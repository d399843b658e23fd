package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
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
        return standalone(context);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        System.out.println(standalone(context).lastWords());
    }

    private static PeerscopeProcess standalone(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        PeerscopeProcess.class,
                        key -> PeerscopeProcess.start(StoryData.fresh("shared")),
                        PeerscopeProcess.class);
    }
}
