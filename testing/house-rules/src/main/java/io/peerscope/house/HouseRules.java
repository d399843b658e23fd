package io.peerscope.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** What holds for every module. */
public final class HouseRules {
    private static final DescribedPredicate<JavaClass> WIRING = DescribedPredicate.describe(
            "wiring",
            type -> type.getPackageName().contains(".wiring")
                    || type.tryGetMethod("main", String[].class).isPresent());

    @ArchTest
    static final ArchRule onlyWiringReadsAClock = noClasses()
            .that(DescribedPredicate.not(WIRING))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .because("time is an argument");

    @ArchTest
    static final ArchRule servicesMeetOnTopics =
            classes().should(new MeetOnTopics()).because("each is started, stopped and replaced without the others");

    @ArchTest
    static final ArchRule namesSayWhatThingsDo =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule constructorsOnly = noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .because("what a class needs stands in its constructor")
            .allowEmptyShould(true);

    private HouseRules() {}
}
