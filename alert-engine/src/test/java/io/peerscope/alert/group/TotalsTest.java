package io.peerscope.alert.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.Rules;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.rule.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts of several tasks become one, whatever becomes of a task. */
class TotalsTest {
    private static final long STALE = 300_000;
    private static final Rule RULE = Rules.rule(
            "'id':'relayed','kind':'link','operator':'>','warning':0.3",
            "'group':{'of':'share','when':{'state':'path','is':'relay'},'min_subjects':1}");

    private final Totals totals = new Totals(STALE);

    @Test
    void a_second_is_judged_once_every_task_has_counted_it() {
        assertThat(totals.add(partial(0, 1000, 1, 10), 0)).isTrue();
        assertThat(totals.add(partial(1, 1000, 4, 10), 100)).isFalse();
        assertThat(totals.add(partial(0, 2000, 2, 10), 1000)).isFalse();
        assertThat(totals.add(partial(1, 2000, 5, 10), 1100)).isTrue();

        assertThat(totals.second()).isEqualTo(2000);
        assertThat(sum()).isEqualTo("7 of 20");
    }

    @Test
    void an_older_count_and_a_repeated_one_change_nothing() {
        totals.add(partial(0, 2000, 2, 10), 0);

        assertThat(totals.add(partial(0, 2000, 9, 10), 10)).isFalse();
        assertThat(totals.add(partial(0, 1000, 9, 10), 20)).isFalse();
        assertThat(sum()).isEqualTo("2 of 10");
    }

    @Test
    void of_a_task_that_is_gone_the_last_count_stands_for_a_while() {
        totals.add(partial(0, 1000, 2, 10), 0);
        totals.add(partial(1, 1000, 5, 10), 0);
        assertThat(totals.add(partial(0, 2000, 3, 10), 1000))
                .as("the other one is waited for")
                .isFalse();

        assertThat(totals.add(partial(0, 12_000, 3, 10), 11_000))
                .as("no longer")
                .isTrue();
        assertThat(sum()).isEqualTo("8 of 20");
        assertThat(totals.forget()).isEmpty();

        totals.add(partial(0, 1000 + STALE + 1000, 3, 10), 302_000);
        assertThat(sum()).isEqualTo("3 of 10");
        assertThat(totals.forget()).containsExactly(1);
    }

    @Test
    void a_task_that_comes_back_takes_the_place_of_what_it_counted_before() {
        totals.add(partial(0, 1000, 2, 10), 0);
        totals.add(partial(1, 1000, 5, 10), 0);
        totals.add(partial(0, 12_000, 3, 10), 11_000);

        assertThat(totals.add(partial(1, 12_000, 1, 6), 11_500))
                .as("the second was judged")
                .isFalse();
        assertThat(totals.add(partial(0, 13_000, 3, 10), 12_000)).isFalse();
        assertThat(totals.add(partial(1, 13_000, 1, 6), 12_100)).isTrue();
        assertThat(sum()).isEqualTo("4 of 16");
    }

    @Test
    void one_with_a_backlog_holds_nobody_up() {
        totals.add(partial(0, 1000, 2, 10), 0);
        totals.add(partial(1, 1000, 5, 10), 0);

        assertThat(totals.add(partial(0, 62_000, 3, 10), 1000)).isTrue();
        assertThat(totals.add(partial(1, 1500, 9, 10), 1100))
                .as("of a second that was judged")
                .isFalse();
    }

    @Test
    void counts_by_another_version_of_the_rule_are_not_added_up() {
        totals.add(partial(0, 1000, 2, 10), 0);
        totals.add(partial(1, 1000, 5, 10), 0);
        totals.add(partial(0, 2000, RULE.version() + 1, 9, 10), 1000);

        assertThat(totals.add(partial(1, 2000, 5, 10), 1100)).isTrue();
        assertThat(totals.of(RULE)).isEmpty();
    }

    @Test
    void after_a_restart_the_newest_counts_are_known_and_older_ones_do_not_come_back() {
        totals.restore(partial(0, 5000, 2, 10));
        totals.restore(partial(1, 5000, 5, 10));

        assertThat(totals.second()).isEqualTo(5000);
        assertThat(totals.add(partial(0, 4000, 9, 10), 0)).isFalse();
        assertThat(totals.add(partial(0, 6000, 3, 10), 1000)).isFalse();
        assertThat(totals.add(partial(1, 6000, 3, 10), 1100)).isTrue();
        assertThat(sum()).isEqualTo("6 of 20");
    }

    private String sum() {
        Map<?, Count> sums = totals.of(RULE).orElseThrow();
        assertThat(sums).hasSize(1);
        Count count = sums.values().iterator().next();
        return count.met() + " of " + count.members();
    }

    private static Partial partial(int partition, long at, int met, int members) {
        return partial(partition, at, RULE.version(), met, members);
    }

    private static Partial partial(int partition, long at, long version, int met, int members) {
        Count count = new Count("*", new AlertSubject("link", Map.of()), members, met, 0);
        return new Partial(partition, at, List.of(new Tally(RULE.id(), version, List.of(count))));
    }
}
