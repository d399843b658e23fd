package io.peerscope.ingest.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.http.Opening;
import io.peerscope.ingest.protobuf.ProtoMessage;
import io.peerscope.ingest.protobuf.RowHeads;
import org.junit.jupiter.api.Test;

/** They are refused, told and counted in both versions; the samples beside them are kept. */
class NativeHistogramsTest {
    private static final String[] LABELS = {"__name__", "took", "host", "h1"};

    private final SeriesReading reading = new SeriesReading(1, MetricCatalogue.load());
    private final SeriesCache cache = SeriesCache.standard(1);

    private static ProtoMessage histogram() {
        return new ProtoMessage().integer(1, 5);
    }

    @Test
    void ofVersion1() throws Exception {
        WriteRequestDecoder decoder = new WriteRequestDecoder(
                reading, cache, new RowHeads(), new MetricTypes(), ThreadLocal.withInitial(Collected::new));
        byte[] body = new WriteRequests.V1()
                .sample(1, Drafts.NOW, "__name__", "a", "host", "h1")
                .series(WriteRequests.V1.labels(LABELS).message(4, histogram()).message(4, histogram()))
                .bytes();
        refusesTwo(decoder::decode, body);
        assertThat(decoder.refusedHistograms()).isEqualTo(2);
    }

    @Test
    void ofVersion2() throws Exception {
        RequestV2Decoder decoder =
                new RequestV2Decoder(reading, cache, new RowHeads(), ThreadLocal.withInitial(Collected::new));
        WriteRequests.V2 request = new WriteRequests.V2().sample(1, Drafts.NOW, "__name__", "a", "host", "h1");
        byte[] body = request.series(
                        request.labels(LABELS).message(3, histogram()).message(3, histogram()))
                .bytes();
        refusesTwo(decoder::decode, body);
        assertThat(decoder.refusedHistograms()).isEqualTo(2);
    }

    private static void refusesTwo(Opening.Decoder decoder, byte[] body) throws Exception {
        Decoded decoded = decoder.decode(body, body.length, new Sender.AnyHost());
        assertThat(decoded.items()).isEqualTo(3);
        assertThat(decoded.faults().rejectedItems()).isEqualTo(2);
        assertThat(decoded.samples()).isEqualTo(1);
    }
}
