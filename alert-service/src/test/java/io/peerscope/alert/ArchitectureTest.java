package io.peerscope.alert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.peerscope.alert", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyWiringReadsAClock = noClasses()
            .that()
            .resideOutsideOfPackage("..wiring..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule servicesMeetOnTopics = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.peerscope.ingest..",
                    "io.peerscope.aggregate..",
                    "io.peerscope.notify..",
                    "io.peerscope.query..",
                    "io.peerscope.gateway..");

    @ArchTest
    static final ArchRule namesSayWhatThingsDo =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule constructorsOnly = noFields().should().beAnnotatedWith(Inject.class);
}
