package io.peerscope.contracts.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.receipt.ReceiptId.Part;
import io.peerscope.contracts.receipt.ReceiptId.Place;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptIdTest {
    @Test
    void isShortAndReadBack() {
        ReceiptId id = ReceiptId.of(List.of(new Part("q-T_9", List.of(new Place(3, 1_000_000)))));

        assertThat(id.text()).isEqualTo("q-T_9.3-lfls");
        assertThat(ReceiptId.parse(id.text())).hasValue(id);
    }

    @Test
    void placesOfOneSecretStandTogether() {
        Part first = new Part("a", List.of(new Place(0, 1)));
        Part other = new Part("b", List.of(new Place(1, Long.MAX_VALUE)));
        ReceiptId id = ReceiptId.of(List.of(first, other, new Part("a", List.of(new Place(40, 0)))));

        assertThat(id.text()).isEqualTo("a.0-1.14-0~b.1-1y2p0ij32e8e7");
        assertThat(ReceiptId.parse(id.text())).hasValue(id);
    }

    @Test
    void oneThatIsTooLongIsNone() {
        List<Place> many = Collections.nCopies(ReceiptId.MOST_PLACES, new Place(1, 1));

        assertThat(ReceiptId.of(List.of(new Part("a", many))).text()).hasSizeLessThan(1000);
        assertThat(ReceiptId.of(List.of(new Part("a", many), new Part("b", List.of(new Place(1, 1)))))
                        .text())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "~",
                ".1-1",
                "a.",
                "a.1",
                "a.-1",
                "a.1-",
                "a.1--1",
                "a.1-+1",
                "a.1-A",
                "a.1-\u0661",
                "a.zzzzzzz-1",
                "a.1-zzzzzzzzzzzzzz"
            })
    void whatIsNoneIsNone(String text) {
        assertThat(ReceiptId.parse(text)).isEmpty();
    }
}
