package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.CPU;
import static io.peerscope.alert.Rules.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts: {@code 5=95} is a value of 95 at second 5, {@code 30!} a tick, {@code 40.} the end of the field. A gap is 60 s here; rules as in {@link #rule}. */
class AlertMachineTest {
    private static final String LADDER = "'warning':80,'critical':90";

    static Stream<Arguments> lives() {
        return Stream.of(
                of("a value at the limit is not above it", "'warning':80,'duration':30", "0=80 30=80", ""),
                of("a broken limit is pending", LADDER + ",'duration':30", "0=85", "pending@0 warning"),
                of(
                        "a limit broken for exactly the duration fires",
                        LADDER + ",'duration':30",
                        "0=85 10=85 30=85",
                        "pending@0 warning, firing@30 warning"),
                of(
                        "it fires at the end of the duration, though the sample comes later",
                        LADDER + ",'duration':30",
                        "0=85 10=85 20=85 33=85",
                        "pending@0 warning, firing@30 warning"),
                of("without a duration it fires at once", LADDER, "0=95", "firing@0 critical"),
                of(
                        "a good sample ends a pending alert",
                        LADDER + ",'duration':30",
                        "0=85 10=70 20=85",
                        "pending@0 warning, dropped@10, pending@20 warning"),
                of(
                        "a good sample at the very end of the duration is in time",
                        LADDER + ",'duration':30",
                        "0=85 15=85 30=70",
                        "pending@0 warning, dropped@30"),
                of(
                        "the clock fires without a new sample",
                        LADDER + ",'duration':30",
                        "0=85 15=85 29! 30! 31!",
                        "pending@0 warning, firing@30 warning"),
                of(
                        "the clock does not fire on an old sample",
                        LADDER + ",'duration':30",
                        "0=85 1=85 30!",
                        "pending@0 warning"),
                of(
                        "a sample that comes after the end of the duration does not undo it",
                        LADDER + ",'duration':30",
                        "0=85 15=85 33=70",
                        "pending@0 warning, firing@30 warning, resolved@33"),
                of(
                        "a good sample long after the last bad one does not prove the duration",
                        LADDER + ",'duration':30",
                        "0=85 1=85 33=70",
                        "pending@0 warning, dropped@33"),
                of(
                        "a bad sample long after the last bad one does, as long as it is no gap",
                        LADDER + ",'duration':30",
                        "0=85 1=85 33=85",
                        "pending@0 warning, firing@30 warning"),
                of(
                        "a gap starts the duration anew",
                        LADDER + ",'duration':120",
                        "0=85 40=85 101=85 150=85 210=85 221=85",
                        "pending@0 warning, dropped@100+ gap, pending@101 warning, firing@221 warning"),
                of(
                        "exactly the longest allowed distance is no gap",
                        LADDER + ",'duration':90",
                        "0=85 60=85 120=85",
                        "pending@0 warning, firing@90 warning"),
                of(
                        "a pending alert of a silent subject is dropped",
                        LADDER + ",'duration':90",
                        "0=85 60! 61!",
                        "pending@0 warning, dropped@60+ gap"),
                of(
                        "a firing alert outlives a gap",
                        LADDER,
                        "0=85 500! 500=85 505=70",
                        "firing@0 warning, resolved@505"),
                of(
                        "a repeated or late sample changes nothing",
                        LADDER + ",'duration':30",
                        "0=85 20=85 20=70 10=70 30=85 5=70",
                        "pending@0 warning, firing@30 warning"),
                of(
                        "the worst limit held for the whole duration counts",
                        LADDER + ",'duration':30",
                        "0=95 20=95 30=95",
                        "pending@0 critical, firing@30 critical"),
                of(
                        "a worse limit must hold for the duration too",
                        LADDER + ",'duration':30",
                        "0=85 20=95 30=95 40=95 50=95",
                        "pending@0 warning, firing@30 warning, severity_changed@50 critical"),
                of(
                        "the clock raises the severity as well",
                        LADDER + ",'duration':30",
                        "0=85 20=95 40=95 50!",
                        "pending@0 warning, firing@30 warning, severity_changed@50 critical"),
                of(
                        "a worse limit that did not last raises nothing",
                        LADDER + ",'duration':30",
                        "0=85 20=95 40=85 50=95 60=95",
                        "pending@0 warning, firing@30 warning"),
                of(
                        "severity falls at once and is still the same alert",
                        LADDER,
                        "0=95 5=85 10=95 15=70",
                        "firing@0 critical, severity_changed@5 warning, severity_changed@10 critical, resolved@15"),
                of(
                        "severity may fall to one that was never held alone",
                        LADDER + ",'duration':30",
                        "0=95 30=95 35=85",
                        "pending@0 critical, firing@30 critical, severity_changed@35 warning"),
                of(
                        "a recovery limit keeps the alert until it is passed",
                        LADDER + ",'clear':{'warning':75,'critical':85}",
                        "0=95 5=88 10=85 15=76 20=75",
                        "firing@0 critical, severity_changed@10 warning, resolved@20"),
                of(
                        "a recovery limit does not prolong a pending alert",
                        "'warning':80,'duration':30,'clear':{'warning':75}",
                        "0=85 10=78",
                        "pending@0 warning, dropped@10"),
                of(
                        "it keeps firing for a while",
                        "'warning':80,'keep_firing_for':20",
                        "0=85 5=70 10=70 25=70",
                        "firing@0 warning, resolved@25"),
                of(
                        "the clock ends the keeping",
                        "'warning':80,'keep_firing_for':20",
                        "0=85 5=70 24! 25! 26!",
                        "firing@0 warning, resolved@25"),
                of(
                        "a relapse while it keeps firing is the same alert",
                        "'warning':80,'keep_firing_for':20",
                        "0=85 5=70 24=85 25! 30=70 50!",
                        "firing@0 warning, resolved@50"),
                of(
                        "a relapse at the very end of the keeping is in time",
                        "'warning':80,'keep_firing_for':20",
                        "0=85 5=70 25=85 26!",
                        "firing@0 warning"),
                of(
                        "after the end a new breach is a new alert",
                        LADDER,
                        "0=85 5=70 10=85",
                        "firing@0 warning, resolved@5, firing@10 warning"),
                of(
                        "silence may resolve",
                        "'warning':80,'no_data':'resolve','no_data_after':40",
                        "0=85 39! 40! 45=85",
                        "firing@0 warning, resolved@40 no_data, firing@45 warning"),
                of(
                        "silence may be an alert, and firing goes on when data return",
                        "'warning':80,'no_data':'alert','no_data_after':40",
                        "0=85 40! 45=85 50=70",
                        "firing@0 warning, no_data@40 warning, severity_changed@45 warning data_returned, resolved@50"),
                of(
                        "good data end an alert that fell silent",
                        "'warning':80,'no_data':'alert','no_data_after':40",
                        "0=85 40! 45=70",
                        "firing@0 warning, no_data@40 warning, resolved@45 data_returned"),
                of(
                        "a pending alert that fell silent ends with the data, and is judged anew",
                        "'warning':80,'duration':30,'no_data':'alert','no_data_after':25",
                        "0=85 1=85 26! 45=85",
                        "pending@0 warning, no_data@26 warning, resolved@45 data_returned, pending@45 warning"),
                of(
                        "the end of a field ends a pending alert",
                        LADDER + ",'duration':30",
                        "0=85 10.",
                        "pending@0 warning, dropped@10 no_data"),
                of(
                        "a field that ends after the duration has fired",
                        LADDER + ",'duration':30",
                        "0=85 20=85 35. 36=85",
                        "pending@0 warning, firing@30 warning, resolved@35 no_data, pending@36 warning"),
                of(
                        "a field that ends is no silence: by default its alert ends",
                        "'warning':80",
                        "0=85 5=85 10. 5000!",
                        "firing@0 warning, resolved@10 no_data"),
                of(
                        "the end of a field is the end of the alert also where silence would be",
                        "'warning':80,'no_data':'resolve','no_data_after':60",
                        "0=85 10.",
                        "firing@0 warning, resolved@10 no_data"),
                of(
                        "after its field ended an alert keeps firing for a while",
                        "'warning':80,'keep_firing_for':20",
                        "0=85 10. 29! 30! 31!",
                        "firing@0 warning, resolved@30"),
                of(
                        "a field that ends is missing where that is an alert",
                        "'warning':80,'no_data':'alert','no_data_after':60",
                        "0=85 10. 59! 69! 70! 80=85",
                        "firing@0 warning, no_data@60 warning, severity_changed@80 warning data_returned"),
                of("silence is kept by default", "'warning':80", "0=85 5000!", "firing@0 warning"),
                of(
                        "lower may be worse",
                        "'operator':'<','warning':10,'critical':2",
                        "0=5 5=1 10=5 15=10",
                        "firing@0 warning, severity_changed@5 critical, severity_changed@10 warning, resolved@15"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lives")
    void tells(String sentence, String rule, String script, String expected) {
        Life life = new Life(terms("'id':'cpu','metric':'cpu_usage'", rule));
        for (String word : script.split(" ")) {
            if (word.endsWith(".")) {
                life.end(Long.parseLong(word.substring(0, word.length() - 1)));
            } else if (word.endsWith("!")) {
                life.tick(Long.parseLong(word.substring(0, word.length() - 1)));
            } else {
                String[] sample = word.split("=");
                life.sample(Long.parseLong(sample[0]), Double.parseDouble(sample[1]));
            }
        }
        assertThat(String.join(", ", life.told())).isEqualTo(expected);
    }

    @Test
    void aSubjectThatWasQuietAndFallsSilentIsAnAlertOfItsOwn() {
        Life life = new Life(terms(CPU, "'no_data':'alert','no_data_after':40"));
        life.sample(0, 10).fallsSilent(41).tick(100).sample(120, 95);
        assertThat(life.told())
                .containsExactly("no_data@40 warning", "resolved@120 data_returned", "pending@120 critical");
        assertThat(life.events.getFirst().data().value()).isNull();
    }

    @Test
    void oldNewsAreNoNewsUntilARecentSampleFindsThemStillTrue() {
        Life life = new Life(terms(CPU));
        for (long second = 0; second <= 60; second += 10) {
            life.sampleSeenAt(second, 95, 5000);
        }
        assertThat(life.told()).isEmpty();
        life.sampleSeenAt(70, 95, 671);
        assertThat(life.told()).isEmpty();
        life.sampleSeenAt(80, 95, 680);
        assertThat(life.told()).containsExactly("firing@80 critical");
        assertThat(life.lastAlert().firedAt()).hasToString("1970-01-01T00:00:30Z");
    }

    @Test
    void anOldEpisodeThatEndedLeavesNoTrace() {
        Life life = new Life(terms(CPU));
        life.sampleSeenAt(0, 95, 5000).sampleSeenAt(30, 95, 5000).sampleSeenAt(40, 70, 5000);
        assertThat(life.told()).isEmpty();
        assertThat(life.state()).isInstanceOf(AlertState.Quiet.class);
    }

    @Test
    void theEndOfWhatPeopleKnowIsToldHoweverOld() {
        Life life = new Life(terms(CPU));
        life.sample(0, 95).sample(30, 95).sampleSeenAt(40, 70, 50_000);
        assertThat(life.told()).containsExactly("pending@0 critical", "firing@30 critical", "resolved@40");
    }

    @Test
    void anEventCarriesTheWholeAlert() {
        Life life = new Life(terms(CPU)).sample(0, 93.12345).sample(30, 95);
        assertThat(life.events).extracting(event -> event.sequence()).containsExactly(1L, 2L);
        assertThat(life.events)
                .extracting(event -> event.id())
                .containsExactly(life.lastAlert().id() + "/1", life.lastAlert().id() + "/2");
        assertThat(life.lastAlert().summary()).isEqualTo("h1 CPU at 95 % (limit 90, critical)");
        assertThat(life.events.getFirst().data().summary()).isEqualTo("h1 CPU at 93.123 % (limit 90, critical)");
        assertThat(life.lastAlert().startedAt()).hasToString("1970-01-01T00:00:00Z");
        assertThat(life.lastAlert().key()).isEqualTo("cpu|h1|host|");
        assertThat(new Life(terms(CPU)).sample(0, 99).lastAlert().id())
                .as("the same samples make the same id")
                .isEqualTo(life.lastAlert().id());
    }
}
