package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTextTest {
    @Test
    void plainListsAreAsTheyWere() {
        assertThat(Query.list("hosts", List.of("h1, h2,,h1", " h3 "))).containsExactly("h1", "h2", "h3");
        assertThat(Query.labels(List.of("map:prontera,hosting:p2p", "url:http://a:8080")))
                .isEqualTo(Map.of("map", Set.of("prontera"), "hosting", Set.of("p2p"), "url", Set.of("http://a:8080")));
    }

    @Test
    void whatStandsInQuotesMayHaveAnything() {
        assertThat(Query.list("metrics", List.of("\"a, b\",\" c \",say \"hi\"")))
                .containsExactly("a, b", " c ", "say \"hi\"");
        assertThat(Query.labels(List.of("map:\"a, b: \\\"c\\\" \\\\\" , \"my:label\":x")))
                .isEqualTo(Map.of("map", Set.of("a, b: \"c\" \\"), "my:label", Set.of("x")));
    }

    @Test
    void severalValuesOfALabelAddUpAndAnEmptyOneIsNone() {
        assertThat(Query.labels(List.of("map:a", "map:b,map:"))).isEqualTo(Map.of("map", Set.of("a", "b", "")));
        assertThat(Query.labels(List.of("map:\"\""))).isEqualTo(Map.of("map", Set.of("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", ":a", "map:\"a", "map:\"a\"b", "\"map\"", "a:b,c"})
    void whatCannotBeReadIsRefused(String text) {
        assertThatThrownBy(() -> Query.labels(List.of(text)))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("labels: must be ");
    }
}
