package io.peerscope.standalone;

import io.peerscope.contracts.security.Secret;
import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.EmbeddedStartException;
import io.peerscope.embedded.FreePort;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Everything in one process, with a broker and a database as children. They must run before Quarkus reads its
 * configuration, so they are started here and their addresses handed over as system properties.
 */
@QuarkusMain
public final class Standalone {
    private static final int EXIT_USAGE = 2;
    private static final int EXIT_FAILED = 1;

    private Standalone() {}

    public static void main(String... args) {
        long launched = System.nanoTime();
        Terminal terminal = new Terminal(System.out, launched);
        Options options = new Options();
        CommandLine commandLine = new CommandLine(options);
        try {
            commandLine.parseArgs(args);
        } catch (ParameterException e) {
            terminal.line(String.valueOf(e.getMessage()));
            terminal.line(commandLine.getUsageMessage());
            System.exit(EXIT_USAGE);
        }
        if (commandLine.isUsageHelpRequested()) {
            terminal.line(commandLine.getUsageMessage());
            return;
        }
        try {
            run(options, terminal);
        } catch (IOException | RuntimeException e) {
            terminal.line("Peerscope could not start: " + reason(e));
            System.exit(EXIT_FAILED);
        }
    }

    private static void run(Options options, Terminal terminal) throws IOException {
        FreePort.claim(options.port(), "the dashboard and the API", "--port");
        Path data = options.ephemeral()
                ? Files.createTempDirectory("peerscope-")
                : options.data().toAbsolutePath().normalize();
        Files.createDirectories(data);
        Distribution distribution = Distribution.find();
        CredentialFiles credentials = new CredentialFiles(data);
        SecureRandom random = new SecureRandom();
        credentials.create(random);
        credentials.createKey(random);
        Infrastructure infrastructure = Infrastructure.start(options, data, distribution, terminal);
        terminal.step("database flavour: "
                + infrastructure
                        .postgres()
                        .flavour()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', '-'));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(infrastructure, options, data), "embedded-stop"));
        String oneTimeCode = Secret.random(random).value();
        new Handover(infrastructure, options, data, credentials, oneTimeCode).publish();
        terminal.step("starting the services…");
        URI address = URI.create("http://127.0.0.1:" + options.port());
        Readiness readiness = new Readiness(address, options, data, credentials, distribution, terminal);
        Thread.ofPlatform()
                .name("standalone-readiness")
                .daemon()
                .start(() -> readiness.announce(oneTimeCode, infrastructure));
        Quarkus.run();
    }

    /** The services need the broker and the database to stop in order, and stop beside this at the same signal. */
    private static void stop(Infrastructure infrastructure, Options options, Path data) {
        Application services = Application.currentApplication();
        if (services != null) {
            services.awaitShutdown();
        }
        infrastructure.close();
        if (options.ephemeral()) {
            try {
                EmbeddedPostgres.delete(data.resolve("postgres"));
            } catch (IOException e) {
                // What stays behind is in a temporary folder.
            }
            delete(data);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // The folder is a temporary one; the system removes what stays behind.
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof EmbeddedStartException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
