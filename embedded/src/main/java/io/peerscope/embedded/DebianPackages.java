package io.peerscope.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Packages of a chosen Debian release, fetched by the host's own APT from the host's own mirrors, and unpacked into a
 * folder. Nothing is installed, and APT's state on the host is not touched.
 *
 * <p>APT checks the signature of the release with the keys that the host's sources name. It is never told to skip that:
 * a host whose keys do not know the release, because its debian-archive-keyring is too old, goes without.
 */
final class DebianPackages {
    private static final Path ETC_APT = Path.of("/etc/apt");
    private static final Duration BOUND = Duration.ofSeconds(90);

    private final String release;

    DebianPackages(String release) {
        this.release = release;
    }

    /**
     * Downloads the packages into {@code workDir} and unpacks each into {@code workDir/<package>}.
     *
     * @throws TimescaleUnavailable when this host cannot fetch them
     */
    void fetch(List<String> packages, Path workDir) throws IOException, InterruptedException {
        for (String program : List.of("apt-get", "dpkg-deb")) {
            if (ExternalCommand.find(program).isEmpty()) {
                throw new TimescaleUnavailable("this system has no " + program);
            }
        }
        writeSources(workDir);
        // The exit code is left aside: one unreachable suite of several is no loss, and the download tells what counts.
        String updated = apt(workDir, List.of("update")).output();
        List<String> download = new ArrayList<>(List.of("download"));
        download.addAll(packages);
        ExternalCommand.Outcome outcome = apt(workDir, download);
        if (!outcome.succeeded()) {
            throw new TimescaleUnavailable("APT could not fetch %s of Debian %s: %s"
                    .formatted(String.join(" and ", packages), release, complaint(updated + "\n" + outcome.output())));
        }
        for (String name : packages) {
            unpack(name, workDir);
        }
    }

    private void writeSources(Path workDir) throws IOException {
        AptSources sources = new AptSources(hostRelease(), release);
        Path parts = Files.createDirectories(workDir.resolve("sources"));
        String lines = "";
        String stanzas = "";
        for (Path file : hostSources()) {
            if (file.toString().endsWith(".sources")) {
                stanzas += sources.fromStanzas(Files.readString(file)) + "\n";
            } else {
                lines += sources.fromLines(Files.readString(file));
            }
        }
        if (lines.isBlank() && stanzas.isBlank()) {
            throw new TimescaleUnavailable("no APT source of this system is Debian's");
        }
        Files.writeString(parts.resolve("release.list"), lines);
        Files.writeString(parts.resolve("release.sources"), stanzas);
    }

    private static String hostRelease() throws IOException {
        Path osRelease = Path.of("/etc/os-release");
        List<String> lines = Files.exists(osRelease) ? Files.readAllLines(osRelease) : List.of();
        if (!lines.contains("ID=debian")) {
            throw new TimescaleUnavailable("this system is not Debian");
        }
        return lines.stream()
                .filter(line -> line.startsWith("VERSION_CODENAME="))
                .map(line -> line.substring("VERSION_CODENAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("testing");
    }

    private static List<Path> hostSources() throws IOException {
        List<Path> files = new ArrayList<>();
        Optional.of(ETC_APT.resolve("sources.list")).filter(Files::isReadable).ifPresent(files::add);
        Path parts = ETC_APT.resolve("sources.list.d");
        if (Files.isDirectory(parts)) {
            try (Stream<Path> entries = Files.list(parts)) {
                entries.filter(file -> file.toString().matches(".*\\.(list|sources)"))
                        .filter(Files::isReadable)
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static ExternalCommand.Outcome apt(Path workDir, List<String> arguments)
            throws IOException, InterruptedException {
        Files.createDirectories(workDir.resolve("lists/partial"));
        Files.createDirectories(workDir.resolve("cache/archives/partial"));
        List<String> command = new ArrayList<>(List.of("apt-get", "--quiet=2"));
        for (String option : List.of(
                "Dir::Etc::sourcelist=/dev/null",
                "Dir::Etc::sourceparts=" + workDir.resolve("sources"),
                "Dir::State::lists=" + workDir.resolve("lists"),
                "Dir::State::status=/dev/null",
                "Dir::Cache=" + workDir.resolve("cache"),
                "APT::Architecture=amd64",
                "Acquire::AllowInsecureRepositories=false",
                "APT::Get::AllowUnauthenticated=false",
                "Acquire::Languages=none",
                "Acquire::Retries=1",
                "Acquire::http::Timeout=15",
                "Acquire::https::Timeout=15")) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(arguments);
        return ExternalCommand.run(command, workDir, BOUND);
    }

    /** The warnings say why (no network, unknown key), the errors that follow only what is missing for it. */
    private static String complaint(String output) {
        return output.lines()
                .filter(line -> line.startsWith("E:") || line.startsWith("W:") || line.contains("was not done after"))
                .filter(line -> !line.contains("unsandboxed"))
                .limit(2)
                .collect(Collectors.joining("; "));
    }

    private static void unpack(String name, Path workDir) throws IOException, InterruptedException {
        Path archive;
        try (Stream<Path> entries = Files.list(workDir)) {
            archive = entries.filter(file -> file.getFileName().toString().matches(name + "_.*\\.deb"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("APT fetched no " + name));
        }
        List<String> command = List.of(
                "dpkg-deb", "-x", archive.toString(), workDir.resolve(name).toString());
        ExternalCommand.Outcome outcome = ExternalCommand.run(command, workDir, BOUND);
        if (!outcome.succeeded()) {
            throw new TimescaleUnavailable("the package " + name + " cannot be unpacked: " + outcome.output());
        }
    }
}
