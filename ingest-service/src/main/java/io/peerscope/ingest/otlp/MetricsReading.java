package io.peerscope.ingest.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Faults;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.foreign.Gathering;
import io.peerscope.ingest.foreign.Kinds;
import io.peerscope.ingest.foreign.Origin;
import java.math.BigDecimal;
import java.util.List;

/** Reads one request. Items are data points, counted over the whole request. */
final class MetricsReading {
    /** A data point of a histogram makes as many samples as it has buckets. */
    private static final int MOST_SAMPLES = 250_000;

    private static final int NO_VALUE = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

    private final Kinds kinds;
    private final Sender sender;
    private final Gathering gathering = new Gathering();
    private final Faults faults = new Faults();
    private List<String> resource = List.of();
    private List<KeyValue> labelsOfResource = List.of();
    private int items;
    private int samples;

    MetricsReading(Kinds kinds, Sender sender) {
        this.kinds = kinds;
        this.sender = sender;
    }

    Decoded read(ExportMetricsServiceRequest request) throws UndecodableException {
        for (ResourceMetrics metrics : request.getResourceMetricsList()) {
            List<KeyValue> attributes = metrics.getResource().getAttributesList();
            resource = Attributes.all(attributes);
            labelsOfResource = Attributes.labelsOfResource(attributes);
            for (ScopeMetrics scope : metrics.getScopeMetricsList()) {
                for (Metric metric : scope.getMetricsList()) {
                    read(metric);
                }
            }
        }
        return new Decoded(gathering.drafts(), items, faults);
    }

    private void read(Metric metric) throws UndecodableException {
        String name = metric.getName();
        switch (metric.getDataCase()) {
            case GAUGE -> {
                for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
                    number(name, FieldType.GAUGE, point);
                }
            }
            case SUM -> {
                FieldType type = type(metric.getSum());
                for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
                    number(name, type, point);
                }
            }
            case HISTOGRAM -> {
                FieldType type = type(metric.getHistogram().getAggregationTemporality());
                for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
                    histogram(name, type, point);
                }
            }
            case SUMMARY -> {
                for (SummaryDataPoint point : metric.getSummary().getDataPointsList()) {
                    summary(name, point);
                }
            }
            case EXPONENTIAL_HISTOGRAM -> {
                int count = metric.getExponentialHistogram().getDataPointsCount();
                for (int i = 0; i < count; i++) {
                    fault("exponential histograms are not kept; let explicit buckets be aggregated");
                }
            }
            case DATA_NOT_SET -> {
                // a kind of metric that we do not know, or none: nothing that could be counted
            }
        }
    }

    private static FieldType type(Sum sum) {
        boolean cumulative =
                sum.getAggregationTemporality() == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        return cumulative && !sum.getIsMonotonic() ? FieldType.GAUGE : type(sum.getAggregationTemporality());
    }

    private static FieldType type(AggregationTemporality temporality) {
        return switch (temporality) {
            case AGGREGATION_TEMPORALITY_CUMULATIVE -> FieldType.COUNTER;
            case AGGREGATION_TEMPORALITY_DELTA -> FieldType.DELTA;
            case AGGREGATION_TEMPORALITY_UNSPECIFIED, UNRECOGNIZED -> FieldType.UNKNOWN;
        };
    }

    private void fault(String detail) {
        fault(ErrorCode.BAD_VALUE, detail);
    }

    private void fault(ErrorCode code, String detail) {
        faults.item(items++, 1, code, detail);
    }

    private void number(String name, FieldType type, NumberDataPoint point) throws UndecodableException {
        boolean none = (point.getFlags() & NO_VALUE) != 0;
        if (!none && point.getValueCase() == NumberDataPoint.ValueCase.VALUE_NOT_SET) {
            fault("a data point without a value");
            return;
        }
        Place place = place(name, point.getAttributesList(), point.getTimeUnixNano());
        if (place.isKnown()) {
            double value =
                    switch (point.getValueCase()) {
                        case AS_DOUBLE -> point.getAsDouble();
                        case AS_INT -> point.getAsInt();
                        case VALUE_NOT_SET -> 0;
                    };
            add(place, name, type, none ? Staleness.MARKER : value);
            items++;
        }
    }

    private void histogram(String name, FieldType type, HistogramDataPoint point) throws UndecodableException {
        int bounds = point.getExplicitBoundsCount();
        int buckets = point.getBucketCountsCount();
        if (buckets != bounds + 1 && (buckets > 0 || bounds > 0)) {
            fault("a histogram must have one bucket more than bounds, or neither");
            return;
        }
        for (int i = 1; i < bounds; i++) {
            if (!(point.getExplicitBounds(i - 1) < point.getExplicitBounds(i))) {
                fault("the bounds of a histogram must ascend");
                return;
            }
        }
        Place place = place(name, point.getAttributesList(), point.getTimeUnixNano());
        if (!place.isKnown()) {
            return;
        }
        boolean none = (point.getFlags() & NO_VALUE) != 0;
        add(place, name + "_count", type, none ? Staleness.MARKER : unsigned(point.getCount()));
        if (point.hasSum() || none) {
            add(place, name + "_sum", type, none ? Staleness.MARKER : point.getSum());
        }
        if (point.hasMin()) {
            add(place, name + "_min", FieldType.GAUGE, point.getMin());
        }
        if (point.hasMax()) {
            add(place, name + "_max", FieldType.GAUGE, point.getMax());
        }
        long below = 0;
        for (int i = 0; i < buckets; i++) {
            below += point.getBucketCounts(i);
            String bound = i == bounds ? "+Inf" : bound(point.getExplicitBounds(i));
            add(place.with("le", bound), name + "_bucket", type, none ? Staleness.MARKER : unsigned(below));
        }
        items++;
    }

    private void summary(String name, SummaryDataPoint point) throws UndecodableException {
        Place place = place(name, point.getAttributesList(), point.getTimeUnixNano());
        if (!place.isKnown()) {
            return;
        }
        boolean none = (point.getFlags() & NO_VALUE) != 0;
        add(place, name + "_count", FieldType.COUNTER, none ? Staleness.MARKER : unsigned(point.getCount()));
        add(place, name + "_sum", FieldType.COUNTER, none ? Staleness.MARKER : point.getSum());
        for (SummaryDataPoint.ValueAtQuantile quantile : point.getQuantileValuesList()) {
            Place at = place.with("quantile", bound(quantile.getQuantile()));
            add(at, name, FieldType.GAUGE, none ? Staleness.MARKER : quantile.getValue());
        }
        items++;
    }

    /** As Prometheus writes bounds: {@code 0.005}, {@code 10}, {@code +Inf}. */
    private static String bound(double bound) {
        if (!Double.isFinite(bound)) {
            return bound > 0 ? "+Inf" : bound < 0 ? "-Inf" : "NaN";
        }
        return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
    }

    private static double unsigned(long count) {
        return count >= 0 ? count : 2.0 * (count >>> 1 | count & 1);
    }

    /** Where a data point belongs; says so where that is nowhere, and counts the data point. */
    private Place place(String name, List<KeyValue> attributes, long nanos) {
        Place place = Place.of(resource, Attributes.labels(labelsOfResource, attributes), nanos, sender, kinds, name);
        switch (place.trouble()) {
            case NONE -> {}
            case NO_HOST -> fault(ErrorCode.MISSING_FIELD, Origin.NO_HOST);
            case NOT_NANOSECONDS ->
                fault(
                        ErrorCode.BAD_TIMESTAMP,
                        "timeUnixNano %s is the year 1970; it must be in nanoseconds"
                                .formatted(Long.toUnsignedString(nanos)));
        }
        return place;
    }

    private void add(Place place, String field, FieldType type, double value) throws UndecodableException {
        if (++samples > MOST_SAMPLES) {
            String detail = "more than " + MOST_SAMPLES + " samples in one request; send smaller batches";
            throw new UndecodableException(ErrorCode.TOO_MANY_POINTS, detail);
        }
        gathering.add(place.host(), place.kind(), place.labels(), place.timestamp(), field, type, value, items);
    }
}
