package io.peerscope.foundation.kafka;

import net.jpountz.lz4.LZ4Factory;
import org.jboss.logging.Logger;

/**
 * Compression in native code. The library that Kafka compresses by uses it unasked only where the system's class loader
 * loaded it, which is never so under Quarkus; the pure Java version, which it falls back to, costs about a tenth of all
 * our CPU time. Once loaded, the native version is taken under every class loader.
 */
public final class NativeLz4 {
    private static final Logger LOG = Logger.getLogger(NativeLz4.class);

    private NativeLz4() {}

    /** Before the first Kafka client is made; costs nothing when repeated. Where it cannot be had, all works without. */
    public static void load() {
        try {
            LZ4Factory.nativeInstance();
        } catch (RuntimeException | LinkageError | AssertionError missing) {
            LOG.infof("no native lz4 here, compressing in Java: %s", missing.getMessage());
        }
    }
}
