package io.peerscope.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A class uses no service but its own. The alert engine and the policy of notifications are of no service. */
final class MeetOnTopics extends ArchCondition<JavaClass> {
    private static final Map<String, List<String>> PACKAGES = Map.of(
            "ingest", List.of("ingest"),
            "aggregator", List.of("aggregate"),
            "alert", List.of("alert.topology", "alert.wiring"),
            "notifier",
                    List.of(
                            "notify.action",
                            "notify.deliver",
                            "notify.email",
                            "notify.http",
                            "notify.live",
                            "notify.outbox",
                            "notify.secret",
                            "notify.sms",
                            "notify.topology",
                            "notify.wiring"),
            "query", List.of("query"),
            "gateway", List.of("gateway"));

    MeetOnTopics() {
        super("use no other service");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Optional<String> own = service(type);
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            service(dependency.getTargetClass())
                    .filter(other -> !own.equals(Optional.of(other)))
                    .ifPresent(other ->
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
        }
    }

    private static Optional<String> service(JavaClass type) {
        String name = type.getPackageName() + ".";
        return PACKAGES.entrySet().stream()
                .filter(service ->
                        service.getValue().stream().anyMatch(part -> name.startsWith("io.peerscope." + part + ".")))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
