package io.peerscope.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** For those whose time is only ever that of what they are given, such as streams and pure cores. */
public final class NoStopwatch {
    @ArchTest
    static final ArchRule timeIsAnArgument = noClasses()
            .that()
            .resideOutsideOfPackage("..wiring..")
            .should()
            .callMethod(System.class, "nanoTime")
            .because("it runs the same in a test, in a rehearsal of the past and live");

    private NoStopwatch() {}
}
