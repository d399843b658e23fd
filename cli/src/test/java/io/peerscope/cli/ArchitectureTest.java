package io.peerscope.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;

@AnalyzeClasses(packages = "io.peerscope.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule checksSpeakHttpOnly = noClasses()
            .that()
            .resideInAnyPackage("io.peerscope.cli.check..", "io.peerscope.cli.api..", "io.peerscope.cli.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "java.sql..", "picocli..", "io.peerscope.foundation..");
}
