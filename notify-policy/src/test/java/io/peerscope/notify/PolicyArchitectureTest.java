package io.peerscope.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.peerscope.notify.policy", importOptions = ImportOption.DoNotIncludeTests.class)
class PolicyArchitectureTest {
    @ArchTest
    static final ArchRule thePolicyIsPure = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.peerscope.notify.policy..", "io.peerscope.contracts..", "org.jspecify..")
            .because("policy is tested without a container, and a what-if runs the same");

    @ArchTest
    static final ArchRule timeIsAnArgument = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Clock.class, "systemUTC");
}
