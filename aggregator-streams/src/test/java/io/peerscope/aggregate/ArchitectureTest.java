package io.peerscope.aggregate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.peerscope", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
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

    @ArchTest
    static final ArchRule timeIsAnArgument = noClasses()
            .that()
            .resideInAPackage("io.peerscope.aggregate..")
            .and()
            .resideOutsideOfPackage("..wiring..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule servicesMeetOnTopics = noClasses()
            .that()
            .resideInAPackage("io.peerscope.aggregate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.peerscope.ingest..",
                    "io.peerscope.alert..",
                    "io.peerscope.notify..",
                    "io.peerscope.query..",
                    "io.peerscope.gateway..");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .that()
            .resideInAPackage("io.peerscope.aggregate..")
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");
}
