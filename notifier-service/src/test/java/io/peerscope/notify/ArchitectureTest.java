package io.peerscope.notify;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;

@AnalyzeClasses(packages = "io.peerscope.notify", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

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
}
