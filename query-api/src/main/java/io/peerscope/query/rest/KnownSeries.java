package io.peerscope.query.rest;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.consistency.StrongReads;
import io.peerscope.query.history.Alike;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.SentNames;
import io.peerscope.query.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is what a question about the past names. A slip of the pen would look like a host that sent nothing, so
 * what nobody ever sent is refused, with what is alike; what exists and has no data in the range is an empty answer.
 */
public final class KnownSeries {
    /** What was acknowledged a moment ago is not called unknown. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_NAMED = 20;

    private final SentNames sent;
    private final LiveTables live;
    private final CredentialBook credentials;
    private final StrongReads strong;
    private final MetricCatalogue catalogue;
    private final Set<String> kinds;

    public KnownSeries(
            SentNames sent, LiveTables live, CredentialBook credentials, StrongReads strong, KnownMetrics known) {
        this.sent = sent;
        this.live = live;
        this.credentials = credentials;
        this.strong = strong;
        this.catalogue = known.catalogue();
        this.kinds = catalogue.all().stream()
                .flatMap(metric -> metric.kinds().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param parameter that names the metrics */
    void check(String parameter, HistoryRequest question) {
        metrics(parameter, question.metrics());
        kind(question.kind());
        hosts(question.hosts());
        labels(question.labels());
    }

    private void metrics(String parameter, Collection<String> names) {
        List<String> unheard =
                names.stream().filter(name -> catalogue.find(name).isEmpty()).toList();
        String unknown = firstMissing(unheard, sent::fields);
        if (unknown == null) {
            return;
        }
        if (catalogue.findState(catalogue.canonicalState(unknown)).isPresent()) {
            throw Query.wrong(parameter, "numbers; " + unknown + " is a state, which is words");
        }
        Set<String> known = new HashSet<>(sent.fields());
        catalogue.all().forEach(metric -> known.add(metric.name()));
        throw unknown(parameter, "nobody ever sent " + unknown, unknown, known);
    }

    private void hosts(Collection<String> names) {
        List<String> unheard = names.stream()
                .filter(name -> !live.hosts().containsKey(name)
                        && credentials.tokensOf(name).isEmpty())
                .toList();
        String unknown = firstMissing(unheard, () -> sent.hostsAmong(unheard));
        if (unknown != null) {
            Set<String> known = new HashSet<>(live.hosts().keySet());
            known.addAll(sent.hosts());
            throw unknown("hosts", "there is no host " + unknown, unknown, known);
        }
    }

    /** @param wanted of each name the values; an empty one is always known */
    private void labels(Map<String, Set<String>> wanted) {
        wanted.forEach((name, values) -> {
            List<String> some =
                    values.stream().filter(value -> !value.isEmpty()).toList();
            String unknown = firstMissing(some, () -> sent.valuesAmong(name, some));
            if (unknown == null) {
                return;
            }
            List<String> names = sent.labels();
            if (names.contains(name)) {
                throw unknown("labels", "no " + name + " is " + unknown, unknown, sent.valuesOf(name));
            }
            throw ProblemException.field(
                    "labels",
                    ErrorCode.BAD_PARAMETER,
                    "nothing has a label " + name
                            + (names.isEmpty() ? "" : "; there are ")
                            + names.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")));
        });
    }

    /** Senders may make up kinds, but one that nobody sent is a slip of the pen. */
    private void kind(@Nullable String kind) {
        if (kind == null || kinds.contains(kind)) {
            return;
        }
        if (firstMissing(List.of(kind), sent::kinds) != null) {
            TreeSet<String> known = new TreeSet<>(sent.kinds());
            known.addAll(kinds);
            throw Query.wrong("kind", "one of " + String.join(", ", known));
        }
    }

    /** Null where all are known, or where it cannot be told as what was sent is not stored yet. */
    private @Nullable String firstMissing(List<String> wanted, Supplier<Set<String>> stored) {
        if (wanted.isEmpty() || missing(wanted, stored) == null || !allIsStored()) {
            return null;
        }
        return missing(wanted, stored);
    }

    private static @Nullable String missing(List<String> wanted, Supplier<Set<String>> stored) {
        Set<String> known = stored.get();
        return wanted.stream().filter(name -> !known.contains(name)).findFirst().orElse(null);
    }

    private boolean allIsStored() {
        try {
            return strong.await(Source.STORED, PATIENCE);
        } catch (KafkaUnavailableException e) {
            return false;
        } catch (SQLException e) {
            throw new StoreException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ProblemException unknown(String parameter, String what, String word, Collection<String> known) {
        List<String> alike = Alike.to(word, known);
        return ProblemException.field(
                parameter,
                ErrorCode.BAD_PARAMETER,
                alike.isEmpty() ? what : what + "; did you mean " + String.join(" or ", alike) + "?");
    }
}
