package io.peerscope.foundation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.peerscope", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
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

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_DO = noClasses()
            .that()
            .resideInAPackage("io.peerscope.foundation..")
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");
}
