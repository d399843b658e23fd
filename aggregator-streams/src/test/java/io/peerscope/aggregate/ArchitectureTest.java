package io.peerscope.aggregate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;
import io.peerscope.house.NoStopwatch;

@AnalyzeClasses(packages = "io.peerscope.aggregate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests time = ArchTests.in(NoStopwatch.class);

    @ArchTest
    static final ArchRule policyKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.peerscope.aggregate",
                    "io.peerscope.aggregate.window",
                    "io.peerscope.aggregate.live",
                    "io.peerscope.aggregate.network")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "jakarta..",
                    "io.micrometer..",
                    "io.smallrye..",
                    "org.apache.kafka..",
                    "java.sql..",
                    "io.peerscope.foundation..")
            .because("windows and live state are tested without a broker");

    @ArchTest
    static final ArchRule topologyKnowsNoQuarkus = noClasses()
            .that()
            .resideInAPackage("io.peerscope.aggregate.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.micrometer..", "..wiring..");
}
