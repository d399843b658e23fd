package io.peerscope.contracts.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void orderOfWritingDoesNotMatter() {
        Map<String, String> backwards = new LinkedHashMap<>();
        backwards.put("peer", "h2");
        backwards.put("path", "direct");
        Labels labels = Labels.of(backwards);
        assertThat(labels).isEqualTo(Labels.of(Map.of("path", "direct", "peer", "h2")));
        assertThat(labels).hasSameHashCodeAs(Labels.of(Map.of("path", "direct", "peer", "h2")));
        assertThat(labels.asMap().keySet()).containsExactly("path", "peer");
        assertThat(labels.canonical()).isEqualTo("path=direct,peer=h2");
        assertThat(labels).hasToString("{path=direct,peer=h2}");
    }

    @Test
    void readsByPositionAndByName() {
        Labels labels = Labels.of(Map.of("b", "2", "a", "1"));
        assertThat(labels.size()).isEqualTo(2);
        assertThat(labels.name(0) + labels.value(0) + labels.name(1) + labels.value(1))
                .isEqualTo("a1b2");
        assertThat(labels.get("b")).isEqualTo("2");
        assertThat(labels.get("c")).isEmpty();
    }

    @Test
    void anEmptyValueIsNoLabel() {
        assertThat(Labels.of("a", "")).isEqualTo(Labels.none());
        assertThat(Labels.of(Map.of("a", "", "b", "2"))).isEqualTo(Labels.of("b", "2"));
        assertThat(Labels.of(Map.of("a", "")).isEmpty()).isTrue();
        assertThat(Labels.none().canonical()).isEmpty();
    }

    @Test
    void theCanonicalFormTellsThemApart() {
        List<Labels> different = List.of(
                Labels.none(),
                Labels.of("a", "1,b=2"),
                Labels.of(Map.of("a", "1", "b", "2")),
                Labels.of("a", "1\\,b=2"),
                Labels.of("a", "1|b"),
                Labels.of("a=1,b", "2"),
                Labels.of("a\\", "=2"),
                Labels.of("a", "\\=2"));
        assertThat(different.stream().map(Labels::canonical)).doesNotHaveDuplicates();
        assertThat(different).doesNotHaveDuplicates();
    }

    @Test
    void isNotChangedThroughItsMap() {
        assertThatThrownBy(() -> Labels.of("a", "1").asMap().put("b", "2"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void decodersAreHeldToTheCanonicalForm() {
        assertThat(Labels.sorted(new String[] {"a", "1", "b", "2"})).isEqualTo(Labels.of(Map.of("a", "1", "b", "2")));
        for (String[] wrong : new String[][] {{"b", "1", "a", "2"}, {"a", "1", "a", "2"}, {"a", ""}}) {
            assertThatExceptionOfType(MalformedRecordException.class).isThrownBy(() -> Labels.sorted(wrong));
        }
    }

    /** Every subject that can be made of few awkward characters has a text of its own. */
    @Test
    void canonicalSubjectsNeverCollide() {
        List<String> words = List.of("a", "|", "\\", ",", "=", "a|", "|a", "\\|", "a=", ",a", "\\\\");
        Set<Subject> subjects = new HashSet<>();
        for (String host : words) {
            for (String kind : words) {
                subjects.add(new Subject(host, kind, Labels.none()));
                for (String name : words) {
                    for (String value : words) {
                        subjects.add(new Subject(host, kind, Labels.of(name, value)));
                        subjects.add(new Subject(host, kind, Labels.of(Map.of(name, value, "z", "|"))));
                    }
                }
            }
        }
        assertThat(subjects.stream().map(Subject::canonical).distinct().count()).isEqualTo(subjects.size());
    }

    @Test
    void aPlainSubjectReadsPlainly() {
        assertThat(new Subject("h1", Subject.CONNECTION, Labels.of("peer", "h2")).canonical())
                .isEqualTo("h1|connection|peer=h2");
    }
}
