package io.peerscope.ingest.remotewrite;

import io.peerscope.ingest.protobuf.ProtoMessage;
import java.util.ArrayList;
import java.util.List;

/** Builds requests of remote write as a sender would. */
final class WriteRequests {
    private WriteRequests() {}

    /** {@code prometheus.WriteRequest}. */
    static final class V1 {
        private final ProtoMessage message = new ProtoMessage();

        V1 series(ProtoMessage series) {
            message.message(1, series);
            return this;
        }

        V1 sample(double value, long timestamp, String... labels) {
            return series(labels(labels).message(2, sampleOf(value, timestamp)));
        }

        V1 metadata(int type, String family) {
            message.message(
                    3, new ProtoMessage().integer(1, type).text(2, family).text(4, "what it is"));
            return this;
        }

        byte[] bytes() {
            return message.bytes();
        }

        static ProtoMessage labels(String... pairs) {
            ProtoMessage series = new ProtoMessage();
            for (int i = 0; i < pairs.length; i += 2) {
                series.message(1, label(pairs[i], pairs[i + 1]));
            }
            return series;
        }

        static ProtoMessage label(String name, String value) {
            return new ProtoMessage().text(1, name).text(2, value);
        }
    }

    static ProtoMessage sampleOf(double value, long timestamp) {
        return new ProtoMessage().number(1, value).integer(2, timestamp);
    }

    /** {@code io.prometheus.write.v2.Request}. */
    static final class V2 {
        private final List<String> symbols = new ArrayList<>(List.of(""));
        private final List<ProtoMessage> series = new ArrayList<>();

        long symbol(String text) {
            int known = symbols.indexOf(text);
            if (known >= 0) {
                return known;
            }
            symbols.add(text);
            return symbols.size() - 1;
        }

        ProtoMessage labels(String... pairs) {
            long[] refs = new long[pairs.length];
            for (int i = 0; i < pairs.length; i++) {
                refs[i] = symbol(pairs[i]);
            }
            return new ProtoMessage().packed(1, refs);
        }

        V2 series(ProtoMessage one) {
            series.add(one);
            return this;
        }

        V2 sample(double value, long timestamp, String... labels) {
            return series(labels(labels).message(2, sampleOf(value, timestamp)));
        }

        byte[] bytes() {
            ProtoMessage message = new ProtoMessage();
            symbols.forEach(symbol -> message.text(4, symbol));
            series.forEach(one -> message.message(5, one));
            return message.bytes();
        }
    }
}
