package io.peerscope.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Main class of the broker's JVM: formats the storage when it is new, runs the broker, says READY on standard output, and
 * stops when its standard input ends.
 *
 * <p>It is copied alone into a jar of its own ({@link BrokerLaunch}), so it must stay one class file without
 * dependencies; Kafka is reached by reflection because this module does not compile against it.
 */
final class BrokerProcess {
    static final String READY = "READY";

    private static final long STOP_BOUND_MILLIS = 15_000;

    private BrokerProcess() {}

    /** Arguments: the broker's properties file, and the cluster id for a storage that is not formatted yet. */
    public static void main(String[] args) {
        PrintStream parent = System.out;
        System.setOut(System.err); // whatever else prints must not reach the parent
        Object[] started = new Object[1]; // guarded by itself
        Thread lifeline = new Thread(() -> stopWhenParentIsGone(started), "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        try {
            Properties properties = read(args[0]);
            formatIfNew(properties, args[0], args[1]);
            Object server = newServer(properties);
            server.getClass().getMethod("startup").invoke(server);
            synchronized (started) {
                started[0] = server;
            }
            parent.println(READY);
            parent.flush();
            server.getClass().getMethod("awaitShutdown").invoke(server);
        } catch (Throwable failed) {
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static Properties read(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            properties.load(in);
        }
        return properties;
    }

    private static void formatIfNew(Properties properties, String file, String clusterId)
            throws ReflectiveOperationException {
        if (Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] format = {"format", "--cluster-id", clusterId, "--config", file, "--ignore-formatted"};
        Object exit = Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, PrintStream.class)
                .invoke(null, format, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (!Integer.valueOf(0).equals(exit)) {
            throw new IllegalStateException(
                    "The storage could not be formatted: " + said.toString(StandardCharsets.UTF_8));
        }
    }

    private static Object newServer(Properties properties) throws ReflectiveOperationException {
        Object config = Class.forName("kafka.server.KafkaConfig")
                .getConstructor(Map.class, boolean.class)
                .newInstance(properties, false);
        Class<?> time = Class.forName("org.apache.kafka.common.utils.Time");
        return Class.forName("kafka.server.KafkaRaftServer")
                .getConstructor(config.getClass(), time)
                .newInstance(config, time.getField("SYSTEM").get(null));
    }

    private static void stopWhenParentIsGone(Object[] started) {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever said; the end is what counts
            }
        } catch (IOException end) {
            // as good as the end of the stream
        }
        Object server;
        synchronized (started) {
            server = started[0];
        }
        if (server == null) {
            Runtime.getRuntime().halt(0); // half started: its storage recovers as after a crash
        }
        Thread bound = new Thread(BrokerProcess::haltLater, "stop-bound");
        bound.setDaemon(true);
        bound.start();
        try {
            server.getClass().getMethod("shutdown").invoke(server);
        } catch (Throwable failed) {
            failed.printStackTrace();
        }
        System.exit(0);
    }

    private static void haltLater() {
        try {
            Thread.sleep(STOP_BOUND_MILLIS);
        } catch (InterruptedException urgent) {
            // then at once
        }
        Runtime.getRuntime().halt(2);
    }
}
