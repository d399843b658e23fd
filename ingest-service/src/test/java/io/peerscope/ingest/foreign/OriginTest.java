package io.peerscope.ingest.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.ingest.admission.Sender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
    private static final Sender FLEET = new Sender.AnyHost();
    private static final Sender H1 = new Sender.OneHost("h1");

    private static List<String> pairs(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("[= ]", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "host=a, a, ''",
        "host.name=a, a, ''",
        "host.id=a, a, ''",
        "instance=a:9100, a:9100, ''",
        "service.instance.id=a, a, ''",
        "service.instance.id=e instance=d host.id=c host.name=b host=a, a, "
                + "service.instance.id=e instance=d host.id=c host.name=b",
        "host= host.name=b, b, ''",
        "x=y, '', x=y",
        "'', '', ''",
    })
    void theTokenOfAFleetBelievesTheFirstLabelThatNamesAHost(String labels, String host, String rest) {
        Origin origin = Origin.of(pairs(labels), FLEET);

        assertThat(origin.host()).isEqualTo(host);
        assertThat(origin.labels()).isEqualTo(pairs(rest));
    }

    @ParameterizedTest
    @CsvSource({
        "'', h1, ''",
        "host=h1 host.name=h1 x=y, h1, x=y",
        "instance=other:9100 host.id=42, h1, instance=other:9100 host.id=42",
        "host=h2, h2, ''",
        "host.name=h2, h2, ''",
        "host=h1 host.name=h2, h2, ''",
        "host=, h1, ''",
    })
    void aHostsOwnTokenNamesItAndOnlyHostAndItsNameCanContradict(String labels, String host, String rest) {
        Origin origin = Origin.of(pairs(labels), H1);

        assertThat(origin.host()).isEqualTo(host);
        assertThat(origin.labels()).isEqualTo(pairs(rest));
    }

    @Test
    void theLabelKindIsTheKindUnlessItIsNoWordForOne() {
        assertThat(Origin.of(pairs("kind=map map=a"), H1)).isEqualTo(new Origin("h1", "map", pairs("map=a")));
        assertThat(Origin.of(List.of("kind", "no kind"), H1))
                .isEqualTo(new Origin("h1", "", List.of("kind", "no kind")));
    }

    @ParameterizedTest
    @CsvSource({
        "host.name=a, x=y, a, x=y",
        "host.name=a, host=b x=y, b, x=y",
        "host.id=7 service.instance.id=8, x=y, 7, x=y",
        "host.id=7, host.name=b, b, ''",
        "'', host.name=b, b, ''",
    })
    void whatIsKnownBesidesMayNameTheHostAndIsNoLabel(String about, String labels, String host, String rest) {
        Origin origin = Origin.of(pairs(about), pairs(labels), FLEET);

        assertThat(origin.host()).isEqualTo(host);
        assertThat(origin.labels()).isEqualTo(pairs(rest));
    }

    @Test
    void whatIsKnownBesidesMayContradictAHostsOwnToken() {
        assertThat(Origin.of(pairs("host.name=h2"), pairs("host=h1"), H1).host())
                .isEqualTo("h2");
        assertThat(Origin.of(pairs("host.name=h1"), pairs("host=h2"), H1).host())
                .isEqualTo("h2");
        assertThat(Origin.of(pairs("host.id=7"), List.of(), H1).host()).isEqualTo("h1");
    }
}
