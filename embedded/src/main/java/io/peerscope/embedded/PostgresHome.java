package io.peerscope.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

/**
 * Where a cluster lies and whose it is. Normally in the data folder itself. Only where root runs the program and the
 * data folder cannot be reached by the user PostgreSQL runs as, say below {@code /root} or in a folder of mode 700, does
 * the cluster lie under {@code /var/lib/peerscope}, and a note in the data folder says where. Deleting the data folder
 * deletes the note, and so starts afresh there too.
 *
 * @param dataDir the folder the caller named: holds password, log and lock
 * @param cluster PostgreSQL's own data folder, which may not exist yet
 * @param user who it belongs to
 */
record PostgresHome(Path dataDir, Path cluster, RunAs user) {
    private static final Path ELSEWHERE = Path.of("/var/lib/peerscope");
    private static final String CLUSTER = "pgdata";
    private static final String NOTE = "pgdata-is-in.txt";

    static PostgresHome in(Path dataDir) throws IOException, InterruptedException {
        Path inPlace = dataDir.resolve(CLUSTER);
        Path note = dataDir.resolve(NOTE);
        if (!RunAs.isRoot()) {
            if (Files.exists(note)) {
                throw new EmbeddedStartException(
                        "The PostgreSQL data of %s were made by root and are in %s: run as root again, or choose another data folder."
                                .formatted(dataDir, Files.readString(note).strip()));
            }
            if (Files.exists(inPlace) && !Files.isReadable(inPlace)) {
                throw new EmbeddedStartException(
                        "The PostgreSQL data in %s belong to another user: run as root, or choose another data folder."
                                .formatted(inPlace));
            }
            return new PostgresHome(dataDir, inPlace, RunAs.self());
        }
        if (Files.exists(inPlace)) {
            PostgresHome home = new PostgresHome(dataDir, inPlace, RunAs.ownerOf(inPlace));
            if (!home.user().reaches(inPlace)) {
                throw new EmbeddedStartException(
                        "PostgreSQL does not run as root, and the owner of %s cannot reach that folder: open the folders above it (chmod o+x)."
                                .formatted(inPlace));
            }
            return home;
        }
        if (Files.exists(note)) {
            Path cluster = Path.of(Files.readString(note).strip());
            RunAs user = Files.exists(cluster) ? RunAs.ownerOf(cluster) : RunAs.serviceUser();
            return new PostgresHome(dataDir, cluster, user);
        }
        RunAs user = RunAs.serviceUser();
        return new PostgresHome(dataDir, user.reaches(dataDir) ? inPlace : elsewhere(dataDir, note), user);
    }

    private static Path elsewhere(Path dataDir, Path note) throws IOException {
        Path home = Files.createDirectories(ELSEWHERE.resolve("postgres-" + UUID.randomUUID()));
        for (Path folder : List.of(ELSEWHERE, home)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x")); // whatever the umask
        }
        Files.writeString(home.resolve("belongs-to.txt"), dataDir + "\n");
        Path cluster = home.resolve(CLUSTER);
        Files.writeString(note, cluster + "\n");
        return cluster;
    }

    boolean exists() {
        return Files.exists(cluster);
    }

    Path log() {
        return dataDir.resolve("postgres.log");
    }

    Path password() {
        return dataDir.resolve("postgres.password");
    }

    static void delete(Path dataDir) throws IOException {
        Path note = dataDir.resolve(NOTE);
        if (Files.exists(note)) {
            Path home = Path.of(Files.readString(note).strip()).getParent();
            if (home != null && home.startsWith(ELSEWHERE) && !home.equals(ELSEWHERE)) {
                FolderTree.delete(home);
            }
        }
        FolderTree.delete(dataDir);
    }
}
