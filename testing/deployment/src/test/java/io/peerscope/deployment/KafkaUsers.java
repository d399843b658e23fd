package io.peerscope.deployment;

import io.peerscope.testkit.process.SourceTree;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The KafkaUser objects of deploy/kubernetes, in Kafka's own words. */
final class KafkaUsers {
    private static final List<Node> USERS =
            Node.documents(SourceTree.root().resolve("deploy/kubernetes/base/users.yaml"));

    private KafkaUsers() {}

    static List<AclBinding> all() {
        return USERS.stream().flatMap(KafkaUsers::of).toList();
    }

    private static Stream<AclBinding> of(Node user) {
        return user.at("spec/authorization/acls").elements().flatMap(acl -> {
            ResourcePattern pattern = new ResourcePattern(
                    switch (acl.at("resource/type").text()) {
                        case "topic" -> ResourceType.TOPIC;
                        case "group" -> ResourceType.GROUP;
                        case "transactionalId" -> ResourceType.TRANSACTIONAL_ID;
                        case String other -> throw new IllegalArgumentException(other);
                    },
                    acl.at("resource/name").text(),
                    acl.at("resource/patternType").text().equals("prefix")
                            ? PatternType.PREFIXED
                            : PatternType.LITERAL);
            return acl.get("operations").texts().stream()
                    .map(KafkaUsers::operation)
                    .map(operation -> new AclBinding(
                            pattern,
                            new AccessControlEntry("User:" + user.name(), "*", operation, AclPermissionType.ALLOW)));
        });
    }

    /** DescribeConfigs is DESCRIBE_CONFIGS. */
    private static AclOperation operation(String word) {
        return AclOperation.fromString(
                word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }

    /** Whether a user's rights name the topic, or all topics. */
    static boolean mayTopic(String user, String topic, String operation) {
        return all().stream()
                .filter(right -> right.entry().principal().equals("User:" + user))
                .filter(right -> right.entry().operation() == operation(operation))
                .map(AclBinding::pattern)
                .filter(pattern -> pattern.resourceType() == ResourceType.TOPIC)
                .anyMatch(pattern -> pattern.name().equals("*")
                        || pattern.name().equals(topic)
                        || pattern.patternType() == PatternType.PREFIXED && topic.startsWith(pattern.name()));
    }
}
