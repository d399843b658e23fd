package io.peerscope.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {
    private static final String DEAD_LETTERS = ".dlq";

    @Test
    void namesAreUnique() {
        assertThat(Topic.all()).hasSize(Topic.values().length);
        assertThat(Topic.all().stream().map(Topic::topicName)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void theNameInCodeIsTheNameOnKafka(Topic topic) {
        assertThat(topic.topicName())
                .isEqualTo(topic.name().toLowerCase(Locale.ROOT).replace('_', '.'));
        assertThat(topic).hasToString(topic.topicName());
        assertThat(topic.kept()).isGreaterThanOrEqualTo(Duration.ofDays(1));
    }

    @Test
    void deadLettersBelongToATopicAndAreKeptAWeek() {
        List<String> names = Topic.all().stream().map(Topic::topicName).toList();
        assertThat(Topic.all())
                .filteredOn(t -> t.topicName().endsWith(DEAD_LETTERS))
                .isNotEmpty()
                .allSatisfy(dead -> {
                    String source =
                            dead.topicName().substring(0, dead.topicName().length() - DEAD_LETTERS.length());
                    assertThat(names).contains(source);
                    assertThat(dead.cleanup()).isEqualTo(Topic.Cleanup.DELETE);
                    assertThat(dead.kept()).isEqualTo(Duration.ofDays(7));
                });
    }

    /** What is state must never expire. */
    @Test
    void stateIsCompacted() {
        assertThat(Topic.all())
                .filteredOn(t -> t.cleanup() == Topic.Cleanup.COMPACT)
                .contains(
                        Topic.HOSTS_LIVE,
                        Topic.LINKS_LIVE,
                        Topic.NETWORK_LIVE,
                        Topic.ALERTS_RULES,
                        Topic.ALERTS_SILENCES,
                        Topic.ALERTS_ACTIVE,
                        Topic.NOTIFICATIONS_CHANNELS,
                        Topic.SETTINGS,
                        Topic.SECURITY_CREDENTIALS);
    }
}
