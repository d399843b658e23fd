package io.peerscope.ingest.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Dialect;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.FieldNames;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.Shown;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.nativeformat.TimeReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a body of one of the two forms. It is one measurement and is taken whole or not at all, so values are held to the
 * catalogue here already. {@code host} and {@code timestamp} may be given beside what the form has.
 */
final class AnalyticsDecoder {
    private static final String HOST = "host";
    private static final String TIMESTAMP = "timestamp";

    private final Form form;
    private final MetricCatalogue catalogue;
    private final String unnamedHost;

    /** @param unnamedHost whom data belong to that come from a fleet and name no host */
    AnalyticsDecoder(Form form, MetricCatalogue catalogue, String unnamedHost) {
        this.form = form;
        this.catalogue = catalogue;
        this.unnamedHost = unnamedHost;
    }

    Decoded decode(byte[] body, int length, Sender sender) throws UndecodableException {
        JsonNode json = read(body, length);
        Reading reading = new Reading();
        json.properties().forEach(member -> reading.member(member.getKey(), member.getValue()));
        for (String name : form.required()) {
            if (!json.hasNonNull(name)) {
                reading.fault(name, ErrorCode.MISSING_FIELD, "is missing");
            }
        }
        reading.throwFaults();
        String host = reading.host.isEmpty() && sender instanceof Sender.AnyHost ? unnamedHost : reading.host;
        DraftPoint point = new DraftPoint(
                form.kind(),
                reading.labels,
                reading.timestamp,
                FieldNames.of(reading.names.toArray(String[]::new)),
                reading.values.stream().mapToDouble(Double::doubleValue).toArray(),
                reading.states,
                DraftPoint.NO_ITEMS);
        return Decoded.of(new Draft(Dialect.NATIVE, host, "", Draft.NO_TIME, List.of(), List.of(point)));
    }

    private static JsonNode read(byte[] body, int length) throws UndecodableException {
        try {
            JsonNode json = Json.mapper().readTree(body, 0, length);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // said below; the parser's words may quote the body
        }
        throw new UndecodableException(ErrorCode.MALFORMED, "the body must be one JSON object");
    }

    /** Goes through the members of one body. */
    private final class Reading {
        private final List<String> labels = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();
        private final List<String> states = new ArrayList<>();
        private final List<Problem.Detail> faults = new ArrayList<>();
        private ErrorCode firstFault = ErrorCode.MALFORMED;
        private String host = "";
        private long timestamp = Draft.NO_TIME;

        void member(String name, JsonNode value) {
            if (value.isNull()) {
                return;
            }
            String label = form.labels().get(name);
            String time = form.times().get(name);
            if (label != null) {
                text(name, value).ifPresent(text -> labels.addAll(List.of(label, text)));
            } else if (time != null) {
                time(name, value).ifPresent(millis -> number(name, time, millis));
            } else if (form.fields().contains(name)) {
                number(name, name, value.isNumber() ? value.doubleValue() : Double.NaN);
            } else if (form.states().contains(name)) {
                text(name, value).ifPresent(text -> states.addAll(List.of(name, text)));
            } else if (name.equals(HOST)) {
                text(name, value).ifPresent(text -> host = text);
            } else if (name.equals(TIMESTAMP)) {
                time(name, value).ifPresent(millis -> timestamp = millis);
            } else {
                fault(name, ErrorCode.UNKNOWN_FIELD, "is unknown");
            }
        }

        private Optional<String> text(String name, JsonNode value) {
            if (value.isTextual() && !value.textValue().isEmpty() && Grammar.isText(value.textValue())) {
                return Optional.of(value.textValue());
            }
            fault(name, ErrorCode.BAD_VALUE, "must be text of 1 to %d bytes".formatted(Grammar.TEXT_LIMIT));
            return Optional.empty();
        }

        private Optional<Long> time(String name, JsonNode value) {
            long millis = TimeReading.of(value);
            if (millis != Draft.BAD_TIME) {
                return Optional.of(millis);
            }
            fault(name, ErrorCode.BAD_TIMESTAMP, "must be RFC 3339 or epoch milliseconds");
            return Optional.empty();
        }

        private void number(String name, String field, double value) {
            Optional<MetricDefinition> known = catalogue.find(catalogue.canonicalName(field));
            Double min = known.map(MetricDefinition::min).orElse(null);
            Double max = known.map(MetricDefinition::max).orElse(null);
            if (!Double.isFinite(value) || min != null && value < min || max != null && value > max) {
                String range = (min == null ? "" : " from " + min) + (max == null ? "" : " to " + max);
                fault(name, ErrorCode.BAD_VALUE, "must be a finite number" + range);
                return;
            }
            names.add(field);
            values.add(value);
        }

        void fault(String name, ErrorCode code, String what) {
            firstFault = faults.isEmpty() ? code : firstFault;
            String shown = Shown.plain(name);
            faults.add(Problem.Detail.of(shown, code, shown + " " + what));
        }

        void throwFaults() throws UndecodableException {
            if (!faults.isEmpty()) {
                throw new UndecodableException(firstFault, faults.getFirst().detail(), faults);
            }
        }
    }
}
