package io.peerscope.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;
import io.peerscope.house.NoStopwatch;

@AnalyzeClasses(packages = "io.peerscope.notify", importOptions = ImportOption.DoNotIncludeTests.class)
class PolicyArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests time = ArchTests.in(NoStopwatch.class);

    @ArchTest
    static final ArchRule allIsPure = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "io.peerscope.notify..",
                    "io.peerscope.contracts..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..")
            .because("policy and messages are tested without a container, and a what-if runs the same");
}
