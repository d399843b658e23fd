package io.peerscope.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A program that starts both on the ports it is told, says their process ids on one line, and waits for its death. */
final class MortalParent {
    private MortalParent() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        EmbeddedKafka kafka =
                EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")).withPort(Integer.parseInt(args[1])));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(folder.resolve("postgres"))
                .withPort(Integer.parseInt(args[2]))
                .withWanted(PostgresOptions.Wanted.PLAIN));
        System.out.println(kafka.pid() + " " + postgres.postmasterPid());
        System.out.flush();
        if (System.in.read() < 0) {
            System.exit(0); // without closing them: leaving must be enough
        }
    }
}
