package io.peerscope.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HouseRulesTest {
    @Test
    void aServiceThatUsesAnotherIsFound() {
        assertThat(found(HouseRules.servicesMeetOnTopics))
                .allMatch(line -> line.contains("Crossing") && line.contains("io.peerscope.query.sample.Foreign"));
    }

    @Test
    void aClockIsFoundOutsideOfWiringOnly() {
        assertThat(found(HouseRules.onlyWiringReadsAClock))
                .singleElement()
                .asString()
                .contains("ClockManager.now()");
        assertThat(found(NoStopwatch.timeIsAnArgument))
                .singleElement()
                .asString()
                .contains("ClockManager.elapsed(long)");
    }

    @Test
    void aNameThatSaysNothingIsFound() {
        assertThat(found(HouseRules.namesSayWhatThingsDo))
                .singleElement()
                .asString()
                .contains("ClockManager");
    }

    private static List<String> found(ArchRule rule) {
        List<String> lines = rule.evaluate(
                        new ClassFileImporter().importPackages("io.peerscope.ingest", "io.peerscope.query"))
                .getFailureReport()
                .getDetails();
        assertThat(lines).isNotEmpty();
        return lines;
    }
}
