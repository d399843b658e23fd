package io.peerscope.foundation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;

@AnalyzeClasses(packages = "io.peerscope.foundation", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule KNOWS_NO_SERVICE_AND_NO_QUARKUS = noClasses()
            .that()
            .resideInAPackage("io.peerscope.foundation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.peerscope.ingest..",
                    "io.peerscope.aggregate..",
                    "io.peerscope.alert..",
                    "io.peerscope.notify..",
                    "io.peerscope.query..",
                    "io.peerscope.gateway..",
                    "io.peerscope.embedded..")
            .because("services build on it, not the other way round");
}
