package io.peerscope.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.ingest.intake.RecentBatches.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentBatchesTest {
    private static final int MOST = 100;

    private final RecentBatches recent = new RecentBatches(MOST);

    @Test
    void hostIdAndContentTellBatchesApart() {
        recent.remember(new Key("h", "1", 7), receipt("a", 1));

        assertThat(recent.find(new Key("h", "1", 7))).contains(receipt("a", 1));
        assertThat(recent.find(new Key("g", "1", 7))).isEmpty();
        assertThat(recent.find(new Key("h", "2", 7))).isEmpty();
        assertThat(recent.find(new Key("h", "1", 8))).isEmpty();
    }

    @Test
    void anyNumberOfPlacesIsRemembered() {
        for (int places : List.of(0, 1, 3)) {
            recent.remember(new Key("h", "", places), receipt("s" + places, places));

            assertThat(recent.find(new Key("h", "", places))).contains(receipt("s" + places, places));
        }
    }

    @Test
    void aBatchThatIsWrittenAgainGetsItsNewReceipt() {
        Key key = new Key("h", "", 1);
        for (int places : List.of(1, 2, 1)) {
            recent.remember(key, receipt("again", places));

            assertThat(recent.find(key)).contains(receipt("again", places));
        }
    }

    @Test
    void whoRemembersNothingFindsNothing() {
        RecentBatches none = new RecentBatches(0);
        none.remember(new Key("h", "", 1), receipt("a", 1));

        assertThat(none.find(new Key("h", "", 1))).isEmpty();
    }

    @Test
    void theOldestAreForgottenAndNoOthers() {
        Map<Key, ReceiptId.Part> model = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, ReceiptId.Part> eldest) {
                return size() > MOST;
            }
        };
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            Key key = new Key("host-" + random.nextInt(10), "", random.nextInt(40));
            assertThat(recent.find(key)).isEqualTo(Optional.ofNullable(model.get(key)));
            ReceiptId.Part receipt = receipt("receipt-" + i, 1 + i % 2);
            model.put(key, receipt);
            recent.remember(key, receipt);
        }
    }

    private static ReceiptId.Part receipt(String secret, int places) {
        return new ReceiptId.Part(
                secret,
                IntStream.range(0, places)
                        .mapToObj(i -> new ReceiptId.Place(i, 100L + i))
                        .toList());
    }
}
