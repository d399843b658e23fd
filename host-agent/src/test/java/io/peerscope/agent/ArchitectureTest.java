package io.peerscope.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.peerscope.house.HouseRules;
import io.peerscope.house.NoStopwatch;

@AnalyzeClasses(packages = "io.peerscope.agent", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests time = ArchTests.in(NoStopwatch.class);

    @ArchTest
    static final ArchRule onlyWiringKnowsAll = noClasses()
            .that()
            .resideOutsideOfPackage("..wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..wiring..");

    @ArchTest
    static final ArchRule packagesStandOnOneAnother =
            slices().matching("io.peerscope.agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule oshiStaysInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("..collect..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("oshi..");
}
