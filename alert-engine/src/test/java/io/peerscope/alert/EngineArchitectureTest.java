package io.peerscope.alert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;
import io.peerscope.house.NoStopwatch;

@AnalyzeClasses(packages = "io.peerscope.alert", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests time = ArchTests.in(NoStopwatch.class);

    @ArchTest
    static final ArchRule theEngineIsPure = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.peerscope.alert..", "io.peerscope.contracts..", "org.jspecify..")
            .because("policy is tested without a container, and a what-if runs the same");

    @ArchTest
    static final ArchRule theLifeOfAnAlertKnowsNothingAboutItsStore = noClasses()
            .that()
            .resideInAnyPackage("..alert.rule..", "..alert.window..", "..alert.lifecycle..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..alert.evaluation..");
}
