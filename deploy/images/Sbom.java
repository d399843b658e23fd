import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is in an image, in CycloneDX 1.6: every jar with its coordinates and hash, read from the jars themselves. */
public final class Sbom {
    /** Of Quarkus' file names: group.artifact-version.jar. */
    private static final Pattern FILE = Pattern.compile("(.+?)-(\\d[\\w.+-]*)\\.jar");

    private Sbom() {}

    private record Component(String group, String name, String version, String sha256) {
        String json() {
            String purl = group.isEmpty()
                    ? "pkg:generic/" + name + "@" + version
                    : "pkg:maven/" + group + "/" + name + "@" + version;
            return """
                    {"type":"library","bom-ref":"%s","group":"%s","name":"%s","version":"%s","purl":"%s",\
                    "hashes":[{"alg":"SHA-256","content":"%s"}]}""".formatted(purl, group, name, version, purl, sha256);
        }
    }

    public static void main(String... arguments) throws IOException {
        String service = arguments[0];
        String version = arguments[1];
        try (Stream<Path> files = Files.walk(Path.of(arguments[2]))) {
            List<Component> components = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(Sbom::component)
                    .toList();
            System.out.printf(
                    """
                    {"bomFormat":"CycloneDX","specVersion":"1.6","version":1,
                    "metadata":{"component":{"type":"container","name":"peerscope/%s","version":"%s"}},
                    "components":[
                    %s,
                    {"type":"platform","name":"java-runtime","version":"%s"}]}
                    """,
                    service,
                    version,
                    components.stream().map(Component::json).collect(Collectors.joining(",\n")),
                    Runtime.version());
        }
    }

    private static Component component(Path file) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        String fallback = name.matches() ? name.group(1) : file.getFileName().toString();
        String version = name.matches() ? name.group(2) : "0";
        try (JarFile jar = new JarFile(file.toFile())) {
            Optional<Properties> maven = coordinates(jar, fallback);
            // not every jar says who it is; Quarkus' name for it does, as long as the artifact has no dot
            int dot = fallback.lastIndexOf('.');
            return new Component(
                    maven.map(found -> found.getProperty("groupId", ""))
                            .orElse(dot < 0 ? "" : fallback.substring(0, dot)),
                    maven.map(found -> found.getProperty("artifactId", fallback))
                            .orElse(fallback.substring(dot + 1)),
                    maven.map(found -> found.getProperty("version", version)).orElse(version),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    /** A jar may hold those of others, too; its own are named as it is. */
    private static Optional<Properties> coordinates(JarFile jar, String fallback) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().startsWith("META-INF/maven/") && entry.getName().endsWith("/pom.properties")) {
                Properties properties = new Properties();
                try (InputStream bytes = jar.getInputStream(entry)) {
                    properties.load(bytes);
                }
                if (fallback.endsWith(properties.getProperty("artifactId", "?"))) {
                    return Optional.of(properties);
                }
            }
        }
        return Optional.empty();
    }
}
