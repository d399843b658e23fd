package io.peerscope.agent.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * What stands on the command line, with the environment and the file behind it.
 *
 * @param exitWithParent end when standard input ends
 */
public record Options(Command command, boolean exitWithParent, Map<Key, String> values) {
    private static final String CONFIG = "--config";
    private static final String CONFIG_VARIABLE = "PEERSCOPE_CONFIG";
    private static final String LABEL = "--label";

    /** @throws IllegalArgumentException saying which option is wrong, and how */
    public static Options parse(List<String> args, Map<String, String> environment) {
        Map<Key, String> flags = new EnumMap<>(Key.class);
        List<String> labels = new ArrayList<>();
        Optional<String> file =
                Optional.ofNullable(environment.get(CONFIG_VARIABLE)).filter(name -> !name.isBlank());
        Command command = Command.RUN;
        boolean exitWithParent = false;
        for (int i = 0; i < args.size(); i++) {
            String flag = args.get(i);
            switch (flag) {
                case "--help", "-h" -> command = Command.HELP;
                case "--check" -> command = command == Command.HELP ? command : Command.CHECK;
                case "--exit-with-parent" -> exitWithParent = true;
                case CONFIG -> file = Optional.of(value(args, ++i));
                case LABEL -> labels.add(value(args, ++i));
                default -> {
                    Key key = Key.ofFlag(flag)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "unknown option " + flag + "; --help lists those that exist"));
                    flags.put(key, value(args, ++i));
                }
            }
        }
        if (!labels.isEmpty()) {
            flags.put(Key.LABELS, String.join(",", labels));
        }
        Map<Key, String> values = new EnumMap<>(Key.class);
        if (command != Command.HELP) {
            file.ifPresent(name -> values.putAll(read(Path.of(name))));
            values.putAll(from(environment));
        }
        values.putAll(flags);
        return new Options(command, exitWithParent, values);
    }

    private static String value(List<String> args, int index) {
        if (index >= args.size()) {
            throw new IllegalArgumentException(args.get(index - 1) + " needs a value behind it");
        }
        return args.get(index);
    }

    private static Map<Key, String> from(Map<String, String> environment) {
        Map<Key, String> values = new EnumMap<>(Key.class);
        for (Key key : Key.values()) {
            Optional.ofNullable(environment.get(key.variable()))
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> values.put(key, value));
        }
        return values;
    }

    private static Map<Key, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file %s cannot be read (%s); let --config name one that this user may read".formatted(file, e),
                    e);
        }
        Map<Key, String> values = new EnumMap<>(Key.class);
        for (String name : properties.stringPropertyNames()) {
            Key key = Key.ofProperty(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "unknown key %s in %s; --help lists those that exist".formatted(name, file)));
            values.put(key, properties.getProperty(name));
        }
        return values;
    }

    /** @param hostName what this machine calls itself, where nobody said otherwise */
    public AgentConfig config(Supplier<String> hostName) {
        return new ConfigReading(values).config(hostName);
    }

    /** What {@code --help} prints. */
    public static String usage() {
        StringBuilder usage = new StringBuilder("""
                Measures the machine it runs on, and the way to its peers, and reports to a Peerscope server.

                java -Xmx48m -jar host-agent.jar --url URL --token-file FILE [more]

                  --config FILE        properties file; PEERSCOPE_CONFIG
                  --check              show one report, hand it in, say what the server answers, and end
                  --label NAME=VALUE   one of the labels; may be repeated
                  --exit-with-parent   end when standard input ends
                  --help

                A flag wins over its environment variable, that over the file.

                """);
        for (Key key : Key.values()) {
            usage.append("  %s VALUE  (%s in the file, %s)%n".formatted(key.flag(), key.property(), key.variable()));
            usage.append(
                    "      %s%s%n".formatted(key.meaning(), key.preset().isEmpty() ? "" : "; default " + key.preset()));
        }
        return usage.toString();
    }
}
