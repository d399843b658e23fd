package io.peerscope.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.sql.PreparedStatement;

@AnalyzeClasses(packages = "io.peerscope.query", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule coreKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage(
                    "..query.point..",
                    "..query.history..",
                    "..query.ledger..",
                    "..query.clock..",
                    "..query.trend..",
                    "..query.rule..",
                    "..query.advice..",
                    "..query.export..",
                    "..query.setting..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.vertx..",
                    "io.micrometer..",
                    "jakarta..",
                    "org.apache.kafka..",
                    "java.sql..",
                    "io.peerscope.foundation..")
            .because("what a question means is decided without a database");

    @ArchTest
    static final ArchRule storeKnowsNoKafkaAndNoHttp = noClasses()
            .that()
            .resideInAPackage("..query.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "jakarta..", "io.quarkus..", "..query.rest..");

    @ArchTest
    static final ArchRule statementsStandInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("..query.store..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PreparedStatement.class);

    @ArchTest
    static final ArchRule addressesMayBlock = methods()
            .that()
            .areAnnotatedWith("io.peerscope.query.rest.Needs")
            .or()
            .areAnnotatedWith("io.peerscope.query.rest.Open")
            .should()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(RunOnVirtualThread.class)
            .because("they wait for the database and for Kafka");
}
