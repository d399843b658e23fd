package io.peerscope.notify;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

@AnalyzeClasses(packages = "io.peerscope.notify", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "..notify.policy..", "..notify.message..", "..notify.form..", "..notify.deliver.."
    };

    @ArchTest
    static final ArchRule coreKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            // a span is passed on and told of, and is the same without a container
            .dependOnClassesThat(resideInAnyPackage(
                            "io.quarkus..",
                            "io.vertx..",
                            "io.micrometer..",
                            "jakarta..",
                            "org.apache.kafka..",
                            "java.sql..",
                            "io.peerscope.foundation..")
                    .and(resideOutsideOfPackage("io.peerscope.foundation.trace..")))
            .because("what is said to whom is decided without a container");

    @ArchTest
    static final ArchRule coreKnowsNoEdge = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..notify.topology..",
                    "..notify.outbox..",
                    "..notify.http..",
                    "..notify.sms..",
                    "..notify.email..",
                    "..notify.wiring..");

    @ArchTest
    static final ArchRule policyDoesNotDeliver = noClasses()
            .that()
            .resideInAnyPackage("..notify.policy..", "..notify.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..notify.deliver..");

    @ArchTest
    static final ArchRule channelsAreApart = noClasses()
            .that()
            .resideInAnyPackage("..notify.http..", "..notify.sms..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..notify.email..");

    @ArchTest
    static final ArchRule onlyWiringReadsAClock = noClasses()
            .that()
            .resideOutsideOfPackage("..wiring..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule servicesMeetOnTopics = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.peerscope.aggregate..",
                    "io.peerscope.alert..",
                    "io.peerscope.ingest..",
                    "io.peerscope.query..",
                    "io.peerscope.gateway..");

    @ArchTest
    static final ArchRule namesSayWhatThingsDo =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule constructorsOnly = noFields().should().beAnnotatedWith(Inject.class);
}
