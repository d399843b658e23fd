package io.peerscope.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user PostgreSQL runs as. It refuses root, so root hands it to another user: the one who owns the data already, else
 * {@code postgres}, else {@code nobody}. Everybody else runs it as themselves.
 */
final class RunAs {
    private static final Duration BOUND = Duration.ofSeconds(10);

    private record Ids(int uid, int gid) {}

    private final Optional<Ids> ids;

    private RunAs(Optional<Ids> ids) {
        this.ids = ids;
    }

    static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))
                : System.getProperty("user.name", "").equals("root");
    }

    static RunAs self() {
        return new RunAs(Optional.empty());
    }

    static RunAs ownerOf(Path data) throws IOException {
        return new RunAs(Optional.of(new Ids(
                (Integer) Files.getAttribute(data, "unix:uid"), (Integer) Files.getAttribute(data, "unix:gid"))));
    }

    static RunAs serviceUser() throws IOException, InterruptedException {
        for (String name : List.of("postgres", "nobody")) {
            ExternalCommand.Outcome uid = ExternalCommand.run(List.of("id", "-u", name), Path.of("/"), BOUND);
            ExternalCommand.Outcome gid = ExternalCommand.run(List.of("id", "-g", name), Path.of("/"), BOUND);
            if (uid.succeeded() && gid.succeeded()) {
                return new RunAs(Optional.of(new Ids(
                        Integer.parseInt(uid.output().strip()),
                        Integer.parseInt(gid.output().strip()))));
            }
        }
        throw new EmbeddedStartException(
                "PostgreSQL does not run as root, and this system has no user 'postgres' or 'nobody' to run it as.");
    }

    /** The command as that user; the process that runs it is the same one that was started. */
    List<String> command(List<String> command) {
        return ids.map(user -> Stream.concat(
                                Stream.of(
                                        setpriv(),
                                        "--reuid=" + user.uid(),
                                        "--regid=" + user.gid(),
                                        "--clear-groups",
                                        "--no-new-privs"),
                                command.stream())
                        .toList())
                .orElse(command);
    }

    private static String setpriv() {
        return ExternalCommand.find("setpriv")
                .map(Path::toString)
                .orElseThrow(
                        () -> new EmbeddedStartException(
                                "PostgreSQL does not run as root, and this system has no setpriv (util-linux) to run it as another user."));
    }

    /** Whether that user can use a folder: mode bits alone would not tell of access lists. */
    boolean reaches(Path folder) throws IOException, InterruptedException {
        return ids.isEmpty()
                || ExternalCommand.run(command(List.of("test", "-x", folder.toString())), Path.of("/"), BOUND)
                        .succeeded();
    }

    void give(Path path) throws IOException {
        if (ids.isPresent()) {
            Files.setAttribute(path, "unix:gid", ids.get().gid());
            Files.setAttribute(path, "unix:uid", ids.get().uid());
        }
    }
}
