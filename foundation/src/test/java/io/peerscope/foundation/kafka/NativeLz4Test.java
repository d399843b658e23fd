package io.peerscope.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Under a class loader that is not the system's, as everything is under Quarkus. */
class NativeLz4Test {

    @Test
    void withoutItKafkaCompressesInJava() throws Exception {
        try (URLClassLoader loader = loader()) {
            assertThat(chosen(loader)).doesNotContain("JNI");
        }
    }

    @Test
    void clientsCompressInNativeCode() throws Exception {
        try (URLClassLoader loader = loader()) {
            Class<?> config = loader.loadClass(KafkaConfig.class.getName());
            Object local = config.getMethod("local", String.class, java.nio.file.Path.class)
                    .invoke(null, "127.0.0.1:1", java.nio.file.Path.of("unused"));
            loader.loadClass(KafkaClients.class.getName())
                    .getConstructor(config)
                    .newInstance(local);
            assertThat(chosen(loader)).contains("JNI");
        }
    }

    /** What Kafka's compression asks for. */
    private static String chosen(ClassLoader loader) throws ReflectiveOperationException {
        return String.valueOf(loader.loadClass("net.jpountz.lz4.LZ4Factory")
                .getMethod("fastestInstance")
                .invoke(null));
    }

    private static URLClassLoader loader() {
        return new URLClassLoader(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(NativeLz4Test::url)
                        .toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
