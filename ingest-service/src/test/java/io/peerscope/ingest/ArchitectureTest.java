package io.peerscope.ingest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;

@AnalyzeClasses(packages = "io.peerscope.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule coreKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage(
                    "..ingest.admission..",
                    "..ingest.intake..",
                    "..ingest.foreign..",
                    "..ingest.protobuf..",
                    "..ingest.nativeformat..",
                    "..ingest.remotewrite..",
                    "..ingest.line..",
                    "..ingest.otlp..",
                    "..ingest.analytics..",
                    "..ingest.events..",
                    "..ingest.cursor..",
                    "..ingest.quota..")
            .and()
            .haveNameNotMatching(".*(Protocol|Answer|Route)(\\$.*)?")
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
            .because("what comes in is decided without a container");

    @ArchTest
    static final ArchRule coreKnowsNoEdge = noClasses()
            .that()
            .resideInAnyPackage("..ingest.admission..", "..ingest.intake..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..ingest.foreign..",
                    "..ingest.protobuf..",
                    "..ingest.nativeformat..",
                    "..ingest.remotewrite..",
                    "..ingest.line..",
                    "..ingest.otlp..",
                    "..ingest.http..",
                    "..ingest.publish..",
                    "..ingest.wiring..",
                    "com.fasterxml..")
            .because("every door uses the same admission");

    @ArchTest
    static final ArchRule admissionComesFirst = noClasses()
            .that()
            .resideInAPackage("..ingest.admission..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..ingest.intake..");
}
