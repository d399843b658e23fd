package io.peerscope.ingest.foreign;

import io.peerscope.contracts.point.Grammar;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.Sender.AnyHost;
import io.peerscope.ingest.admission.Sender.OneHost;
import java.util.ArrayList;
import java.util.List;

/**
 * Of which host a series of a foreign format tells, and by what it differs from the host's other series.
 *
 * <p>{@code host} and {@code host.name} name the host. What other labels say ({@code host.id}, {@code instance}, {@code
 * service.instance.id}) is only believed where the token itself names none: a host's own token knows better than the
 * address at which somebody scraped it.
 *
 * @param host "" where nothing tells; another one than the token's where a label names that: admission then refuses the
 *     whole request
 * @param kind what the label {@code kind} says, "" where nothing does; see {@link Kinds}
 * @param labels the remaining ones: name, value, name, value …; none is empty
 */
public record Origin(String host, String kind, List<String> labels) {
    /** What to tell a sender where {@link #host} is "". */
    public static final String NO_HOST =
            "neither the token nor a label (host, host.name, host.id, instance, service.instance.id) names the host";

    private static final String KIND = "kind";
    private static final List<String> NAMES = List.of("host", "host.name");
    private static final List<String> NAMES_FOR_A_FLEET =
            List.of("host", "host.name", "host.id", "instance", "service.instance.id");

    /** @param labels name, value, name, value …; no name twice */
    public static Origin of(List<String> labels, Sender sender) {
        return of(List.of(), labels, sender);
    }

    /**
     * @param about what else is known of where the series comes from, as name, value, name, value …: may name the host,
     *     and before the labels, but does not become a label
     */
    public static Origin of(List<String> about, List<String> labels, Sender sender) {
        return switch (sender) {
            case OneHost own -> {
                String other = otherThan(own.host(), about);
                String host = other.equals(own.host()) ? otherThan(own.host(), labels) : other;
                yield new Origin(host, kind(labels), without(labels, NAMES));
            }
            case AnyHost any -> named(about, labels);
        };
    }

    /** The own host, or whom the labels name instead. */
    private static String otherThan(String own, List<String> labels) {
        for (int i = 0; i < labels.size(); i += 2) {
            String value = labels.get(i + 1);
            if (NAMES.contains(labels.get(i)) && !value.isEmpty() && !value.equals(own)) {
                return value;
            }
        }
        return own;
    }

    private static Origin named(List<String> about, List<String> labels) {
        for (String name : NAMES_FOR_A_FLEET) {
            String host = value(about, name);
            host = host.isEmpty() ? value(labels, name) : host;
            if (!host.isEmpty()) {
                return new Origin(host, kind(labels), without(labels, List.of(name)));
            }
        }
        return new Origin("", kind(labels), without(labels, List.of()));
    }

    /** What is no word for a kind, as a Kubernetes object's may be, is a label like any other. */
    private static String kind(List<String> labels) {
        String kind = value(labels, KIND);
        return Grammar.isName(kind) ? kind : "";
    }

    private static String value(List<String> labels, String name) {
        for (int i = 0; i < labels.size(); i += 2) {
            if (labels.get(i).equals(name) && !labels.get(i + 1).isEmpty()) {
                return labels.get(i + 1);
            }
        }
        return "";
    }

    private static List<String> without(List<String> labels, List<String> names) {
        List<String> kept = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i += 2) {
            String name = labels.get(i);
            String value = labels.get(i + 1);
            boolean isKind = name.equals(KIND) && Grammar.isName(value);
            if (!value.isEmpty() && !isKind && !names.contains(name)) {
                kept.add(name);
                kept.add(value);
            }
        }
        return List.copyOf(kept);
    }
}
