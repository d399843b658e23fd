package io.peerscope.ingest.remotewrite;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.http.Opening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a thread keeps from request to request never shows in the next one, however large or broken the one before was. */
class ScratchTest {
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();
    private static final Sender SENDER = new Sender.AnyHost();

    private static Opening.Decoder decoder() {
        return new RemoteWriteProtocol(CATALOGUE, 10 << 20, 1).decoder();
    }

    private static byte[] request(Random random, int series) {
        WriteRequests.V1 request = new WriteRequests.V1();
        int hosts = 1 + random.nextInt(200);
        int times = 1 + random.nextInt(20);
        for (int i = 0; i < series; i++) {
            String name = random.nextInt(50) == 0 ? "" : "m" + random.nextInt(30); // some are bad
            request.sample(
                    random.nextDouble(),
                    NOW - random.nextInt(times),
                    "__name__",
                    name,
                    "host",
                    "h" + random.nextInt(hosts));
        }
        return request.bytes();
    }

    private static String told(Opening.Decoder decoder, byte[] body) {
        try {
            return told(decoder.decode(body, body.length, SENDER));
        } catch (UndecodableException refused) {
            return refused.code() + refused.detail();
        }
    }

    private static String told(Decoded decoded) {
        List<String> all = new ArrayList<>();
        all.add(decoded.items() + " items, " + decoded.faults().rejected() + " rejected");
        for (Draft draft : decoded.drafts()) {
            for (DraftPoint point : draft.points()) {
                List<String> names = new ArrayList<>();
                for (int i = 0; i < point.names().size(); i++) {
                    names.add(point.names().name(i));
                }
                all.add(draft.host()
                        + point.timestamp()
                        + names
                        + Arrays.toString(point.values())
                        + Arrays.toString(point.items()));
            }
        }
        return String.join("\n", all);
    }

    @Test
    void theNextRequestIsReadAsByADecoderThatIsNew() {
        Random random = new Random(7);
        Opening.Decoder used = decoder();
        List<Decoded> kept = new ArrayList<>();
        List<String> before = new ArrayList<>();
        for (int round = 0; round < 150; round++) {
            // beyond what is kept of samples, and of rows, now and then
            int series = random.nextInt(10) == 0 ? random.nextInt(25_000) : random.nextInt(100);
            byte[] body = request(random, series);
            if (body.length > 1 && random.nextInt(4) == 0) {
                body = Arrays.copyOf(body, 1 + random.nextInt(body.length - 1)); // breaks off somewhere
            }
            assertThat(told(used, body)).isEqualTo(told(decoder(), body));
        }
        for (int round = 0; round < 5; round++) {
            byte[] body = request(random, 100);
            try {
                kept.add(used.decode(body, body.length, SENDER));
            } catch (UndecodableException e) {
                throw new AssertionError(e);
            }
            before.add(told(kept.getLast()));
        }
        assertThat(kept.stream().map(ScratchTest::told).toList())
                .as("what was handed out is not written over")
                .isEqualTo(before);
    }
}
