package io.peerscope.agent.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What the agent is started with; a flag wins over its environment variable. */
record AgentOptions(
        URI server,
        Path tokenFile,
        String host,
        Duration interval,
        Map<String, String> labels,
        boolean exitWithParent) {
    static final String USAGE = """
            java -Xmx64m -jar host-agent.jar --url URL --token-file FILE [more]
              --url URL            the server, such as https://peerscope.example:8080   PEERSCOPE_URL
              --token-file FILE    holds the token of this host                         PEERSCOPE_TOKEN_FILE
              --host NAME          what this host is called; its host name              PEERSCOPE_HOST
              --interval SECONDS   between two reports, from 1 to 3600; 5               PEERSCOPE_INTERVAL
              --label NAME=VALUE   told with every report; may be repeated              PEERSCOPE_LABELS, comma-separated
              --exit-with-parent   end when standard input ends""";
    private static final List<String> VALUED = List.of("--url", "--token-file", "--host", "--interval");

    /** @throws IllegalArgumentException saying which option is wrong, and how */
    static AgentOptions parse(List<String> args, Map<String, String> environment, Supplier<String> hostName) {
        Map<String, String> given = new TreeMap<>();
        List<String> labels = new ArrayList<>();
        boolean exitWithParent = false;
        for (int i = 0; i < args.size(); i++) {
            String flag = args.get(i);
            if (flag.equals("--exit-with-parent")) {
                exitWithParent = true;
                continue;
            }
            if (!VALUED.contains(flag) && !flag.equals("--label")) {
                throw new IllegalArgumentException("unknown option " + flag);
            }
            if (++i == args.size()) {
                throw new IllegalArgumentException(flag + " needs a value");
            }
            if (flag.equals("--label")) {
                labels.add(args.get(i));
            } else {
                given.put(flag, args.get(i));
            }
        }
        for (String flag : VALUED) {
            String variable = "PEERSCOPE_" + flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
            Optional.ofNullable(environment.get(variable))
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> given.putIfAbsent(flag, value));
        }
        if (labels.isEmpty()) {
            labels.addAll(
                    List.of(environment.getOrDefault("PEERSCOPE_LABELS", "").split(",")));
        }
        return new AgentOptions(
                server(required(given, "--url")),
                Path.of(required(given, "--token-file")),
                given.containsKey("--host") ? required(given, "--host") : hostName.get(),
                interval(given.getOrDefault("--interval", "5")),
                labels(labels),
                exitWithParent);
    }

    private static String required(Map<String, String> given, String flag) {
        String value = given.getOrDefault(flag, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException(flag + " is missing");
        }
        return value;
    }

    private static URI server(String text) {
        URI uri = URI.create(text);
        if (!List.of("http", "https")
                        .contains(Optional.ofNullable(uri.getScheme()).orElse(""))
                || uri.getHost() == null) {
            throw new IllegalArgumentException("--url must be like http://host:port, was " + text);
        }
        return uri;
    }

    private static Duration interval(String text) {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 3600) {
            throw new IllegalArgumentException("--interval must be from 1 to 3600 seconds, was " + text);
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private static Map<String, String> labels(List<String> pairs) {
        Map<String, String> labels = new TreeMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (!pair.isBlank() && equals < 1) {
                throw new IllegalArgumentException("--label must be name=value, was " + pair);
            }
            if (equals >= 1) {
                labels.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return Map.copyOf(labels);
    }
}
