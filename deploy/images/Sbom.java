import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is in an image, in CycloneDX 1.6: every jar with its hash, as coordinates those that Quarkus packed it by, licences from the
 * jar or from the POMs that Maven built with; and the libraries of C.
 *
 * <p>Arguments: service, version, its folder quarkus-app, and perhaps the folder of the runtime.
 */
public final class Sbom {
    private static final Pattern COORDINATES = Pattern.compile("([^:]+):([^:]+):([^:]*):jar:([^:]+)");
    private static final Pattern LICENSES = Pattern.compile("<licenses>(.*?)</licenses>", Pattern.DOTALL);
    private static final Pattern LICENSE = Pattern.compile("<(name|url)>\\s*(.*?)\\s*</", Pattern.DOTALL);
    private static final Pattern PARENT = Pattern.compile("<parent>(.*?)</parent>", Pattern.DOTALL);
    private static final Path REPOSITORY = Path.of(
            System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    /** What licences are called where they are not called by their SPDX id, the more special first. */
    private static final List<Map.Entry<Pattern, String>> KNOWN = List.of(
            known("apache.*2|/apache-2|^apache$", "Apache-2.0"),
            known("bsd.?-?2|simplified bsd", "BSD-2-Clause"),
            known("bsd.?-?3|bsd license 3|new bsd|modified bsd", "BSD-3-Clause"),
            known("epl-2|eclipse public license.*2|epl 2", "EPL-2.0"),
            known("epl-1|eclipse public license.*1", "EPL-1.0"),
            known("classpath|gpl2 w/ ?cpe|gpl-2.0-cp", "GPL-2.0-only WITH Classpath-exception-2.0"),
            known("gnu general public license, version 2", "GPL-2.0-only"),
            known("edl-v10|eclipse distribution license", "BSD-3-Clause"),
            known("cc0|publicdomain/zero", "CC0-1.0"),
            known("\\bmit\\b", "MIT"));

    private Sbom() {}

    private record Library(String group, String name, String classifier, String version) {
        /** As Quarkus names its jar. */
        String file() {
            return group + "." + name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
        }

        String purl() {
            return "pkg:maven/" + group + "/" + name + "@" + version
                    + (classifier.isEmpty() ? "" : "?classifier=" + classifier);
        }
    }

    public static void main(String... arguments) throws IOException {
        String service = arguments[0];
        Path app = Path.of(arguments[2]);
        Map<String, Library> libraries = libraries(app.resolve("quarkus-app-dependencies.txt"));
        List<String> components = new ArrayList<>();
        for (Path jar : files(app, ".jar")) {
            Library library = libraries.get(jar.getFileName().toString());
            components.add(library == null ? file(app, jar) : library(library, jar));
        }
        if (arguments.length > 3) {
            Path runtime = Path.of(arguments[3]);
            for (Path library : files(runtime, ".so")) {
                if (!library.startsWith(runtime.resolve("opt"))) {
                    components.add(file(runtime, library));
                }
            }
        }
        components.add("{\"type\":\"platform\",\"name\":\"java-runtime\",\"version\":\"" + Runtime.version() + "\"}");
        System.out.printf(
                """
                {"bomFormat":"CycloneDX","specVersion":"1.6","version":1,
                "metadata":{"component":{"type":"container","name":"peerscope/%s","version":"%s"}},
                "components":[
                %s]}
                """,
                service,
                arguments[1],
                String.join(",\n", components));
    }

    private static Map<String, Library> libraries(Path list) throws IOException {
        Map<String, Library> libraries = new HashMap<>();
        for (String line : Files.readAllLines(list)) {
            Matcher of = COORDINATES.matcher(line.strip());
            if (of.matches()) {
                Library library = new Library(of.group(1), of.group(2), of.group(3), of.group(4));
                libraries.put(library.file(), library);
            }
        }
        return libraries;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && (file.toString().endsWith(ending) || file.toString().contains(ending + ".")))
                    .sorted()
                    .toList();
        }
    }

    private static String library(Library library, Path jar) throws IOException {
        return """
                {"type":"library","bom-ref":"%1$s","group":"%2$s","name":"%3$s","version":"%4$s","purl":"%1$s",\
                "hashes":[{"alg":"SHA-256","content":"%5$s"}],"licenses":[%6$s]}""".formatted(
                        library.purl(),
                        library.group(),
                        library.name(),
                        library.version(),
                        sha256(jar),
                        String.join(",", licenses(library, jar)));
    }

    /** What the build made itself, and what has no coordinates. */
    private static String file(Path root, Path file) throws IOException {
        return """
                {"type":"file","bom-ref":"file:%1$s","name":"%1$s","hashes":[{"alg":"SHA-256","content":"%2$s"}]}""".formatted(
                        root.relativize(file), sha256(file));
    }

    private static List<String> licenses(Library library, Path jar) throws IOException {
        if (library.group().equals("io.peerscope")) {
            return List.of(written("Apache"));
        }
        List<String> said = new ArrayList<>();
        try (JarFile opened = new JarFile(jar.toFile())) {
            Optional.ofNullable(opened.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue("Bundle-License"))
                    .ifPresent(header -> said.addAll(List.of(header.split(",(?=\\s*(\"|https?:))"))));
            if (said.isEmpty()) {
                try (InputStream pom = packed(opened, library)) {
                    said.addAll(named(new String(pom.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
        for (Optional<Path> pom = pom(library.group(), library.name(), library.version());
                said.isEmpty() && pom.isPresent(); ) {
            String text = Files.readString(pom.get());
            said.addAll(named(text));
            pom = parent(text);
        }
        TreeSet<String> written = new TreeSet<>();
        said.forEach(words -> written.add(written(words)));
        return List.copyOf(written);
    }

    private static InputStream packed(JarFile jar, Library library) throws IOException {
        var entry = jar.getEntry("META-INF/maven/" + library.group() + "/" + library.name() + "/pom.xml");
        return entry == null ? InputStream.nullInputStream() : jar.getInputStream(entry);
    }

    private static List<String> named(String pom) {
        List<String> found = new ArrayList<>();
        Matcher all = LICENSES.matcher(pom);
        if (all.find()) {
            for (String one : all.group(1).split("</license>")) {
                Matcher part = LICENSE.matcher(one);
                if (part.find()) {
                    found.add(part.group(2));
                }
            }
        }
        return found;
    }

    private static Optional<Path> parent(String pom) {
        Matcher parent = PARENT.matcher(pom);
        return parent.find()
                ? pom(tag(parent.group(1), "groupId"), tag(parent.group(1), "artifactId"), tag(parent.group(1), "version"))
                : Optional.empty();
    }

    private static String tag(String text, String name) {
        Matcher tag = Pattern.compile("<" + name + ">\\s*(.*?)\\s*</").matcher(text);
        return tag.find() ? tag.group(1) : "";
    }

    private static Optional<Path> pom(String group, String name, String version) {
        Path pom = REPOSITORY.resolve(
                group.replace('.', '/') + "/" + name + "/" + version + "/" + name + "-" + version + ".pom");
        return Optional.of(pom).filter(Files::exists);
    }

    private static String written(String words) {
        String plain = words.replaceAll("[\"\\\\\\p{Cntrl}]", "").strip();
        for (Map.Entry<Pattern, String> one : KNOWN) {
            if (one.getKey().matcher(plain).find()) {
                // the format has an expression only where it stands alone
                String field = one.getValue().contains(" ") ? "name" : "id";
                return "{\"license\":{\"" + field + "\":\"" + one.getValue() + "\"}}";
            }
        }
        return "{\"license\":{\"name\":\"" + plain + "\"}}";
    }

    private static Map.Entry<Pattern, String> known(String words, String id) {
        return Map.entry(Pattern.compile(words, Pattern.CASE_INSENSITIVE), id);
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
