package io.peerscope.alert.rule;

import static io.peerscope.alert.Rules.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleIndexTest {
    private final RuleIndex index = new RuleIndex();

    @ParameterizedTest
    @CsvSource({
        "eu-1, eu-1, true",
        "eu-1, eu-12, false",
        "eu-*, eu-12, true",
        "*, '', true",
        "*-1*, eu-12, true",
        "*-1, eu-12, false",
        "a*b*c, aXbXbc, true",
        "'', eu, false"
    })
    void aStarStandsForAnyText(String wanted, String found, boolean expected) {
        Subject subject = new Subject("h", Subject.HOST, Labels.of("region", found));
        assertThat(new Matcher("region", wanted).accepts(subject)).isEqualTo(expected);
    }

    @Test
    void aSubjectMeetsOnlyRulesOfItsKindThatMatchIt() {
        index.put(terms("'id':'a','metric':'cpu_usage','warning':1"));
        index.put(terms("'id':'b','metric':'cpu_usage','warning':1,'where':{'host':'h2'}"));
        index.put(terms("'id':'c','metric':'latency_ms','kind':'connection','warning':1"));
        RuleSet set = index.covering(host("h1"));
        assertThat(set.size()).isEqualTo(1);
        assertThat(set.rules(0)).extracting(t -> t.rule().id()).containsExactly("a");
        assertThat(set.columns(Shape.sorted("cpu_usage", "memory_usage"))).containsExactly(0);
        assertThat(set.columns(Shape.sorted("memory_usage"))[0]).isNegative();
        assertThat(index.watches("connection")).isTrue();
        assertThat(index.watches("map")).isFalse();
    }

    @Test
    void subjectsWithTheSameRulesShareOneSetUntilTheRulesChange() {
        index.put(terms("'id':'a','metric':'cpu_usage','warning':1"));
        RuleSet before = index.covering(host("h1"));
        assertThat(index.covering(host("h2"))).isSameAs(before);
        long generation = index.generation();
        index.remove("a");
        assertThat(index.generation()).isNotEqualTo(generation);
        assertThat(index.covering(host("h1")).size()).isZero();
    }

    @Test
    void aSummaryIsFilledFromTheAlertTheSubjectAndTheRule() {
        Terms terms = terms(
                "'id':'lag','metric':'latency_ms','kind':'connection','warning':100.5,'labels':{'team':'net'}",
                "'summary':'{{host}} to {{ peer }}: {{value}} > {{threshold}} ({{severity}}, {{team}}) {{nothing}} {{'");
        assertThat(terms.summary("h1", Map.of("peer", "h2"), new Judged(Severity.WARNING, 123.45678, null, 0)))
                .isEqualTo("h1 to h2: 123.457 > 100.5 (warning, net)  {{");
        assertThat(terms.summary("h1", Map.of(), new Judged(Severity.WARNING, Double.NaN, null, 0)))
                .contains("h1 to : ? >");
    }

    private static Subject host(String name) {
        return new Subject(name, Subject.HOST, Labels.none());
    }
}
