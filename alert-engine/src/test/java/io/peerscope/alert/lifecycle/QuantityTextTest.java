package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long times in summaries are read by people, whatever unit the rule's author wrote behind them. */
class QuantityTextTest {
    private static final String CLOCK = "'id':'clock','metric':'clock_error_ms','warning':5000,'high':3600000,"
            + "'summary':'The clock of {{host}} is {{value}} ms wrong (limit {{threshold}} ms); {{severity}}'";

    @Test
    void long_times_are_spans_and_short_ones_keep_their_unit() {
        assertThat(new Life(terms(CLOCK)).sample(0, 9_900.5).lastAlert().summary())
                .isEqualTo("The clock of h1 is 9900.5 ms wrong (limit 5000 ms); warning");
        assertThat(new Life(terms(CLOCK)).sample(0, 5_400_000).lastAlert().summary())
                .isEqualTo("The clock of h1 is 1 h 30 min wrong (limit 1 h); high");
    }

    @Test
    void what_it_is_back_to_is_told_alike() {
        Life life = new Life(
                        terms("'id':'age','metric':'backup_age','warning':86400,'summary':'Backup of {{value}} s'"))
                .sample(0, 172_800)
                .sample(5, 7_200);
        assertThat(life.lastAlert().summary()).isEqualTo("Backup of 2 d; back to 2 h after 5 s");
    }

    @ParameterizedTest
    @CsvSource({
        "'{{value}}ms', '2 h'",
        "'{{ value }} s, {{value}} s', '83 d, 83 d'",
        "'{{value}} msgs', '7200000 msgs'",
        "'{{value}} ms/s', '7200000 ms/s'",
        "'{{value}} µs', '7200000 µs'",
        "'{{value}} of {{host}}', '7200000 of h1'",
        "'{{severity}} ms {{value}}', 'warning ms 7200000'",
        "'{{value}} {{severity}} {{value}} ms', '7200000 warning 2 h'"
    })
    void only_a_unit_of_time_right_behind_a_number_is_replaced(String summary, String text) {
        assertThat(new Life(terms("'id':'r','metric':'m','warning':1", "'summary':'" + summary + "'"))
                        .sample(0, 7_200_000)
                        .lastAlert()
                        .summary())
                .isEqualTo(text);
    }
}
