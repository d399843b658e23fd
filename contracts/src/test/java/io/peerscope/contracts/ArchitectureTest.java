package io.peerscope.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;
import io.peerscope.house.NoStopwatch;

@AnalyzeClasses(packages = "io.peerscope.contracts", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests time = ArchTests.in(NoStopwatch.class);

    @ArchTest
    static final ArchRule speaksNoFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.quarkus..", "jakarta..", "java.sql..", "javax.sql..")
            .because("whoever reads or writes our records, in a service or outside, needs nothing but this module");

    @ArchTest
    static final ArchRule knowsNobodyElse = noClasses()
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "other parts of Peerscope",
                    c -> c.getPackageName().startsWith("io.peerscope.")
                            && !c.getPackageName().startsWith("io.peerscope.contracts")))
            .because("everything stands on contracts");

    @ArchTest
    static final ArchRule generatedClassesStayBehindTheCodecs = classes()
            .that()
            .resideOutsideOfPackage("io.peerscope.contracts.proto..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("io.peerscope.contracts.proto..")
            .because("the schema is for others and for tests; our codecs make no object for each row");
}
