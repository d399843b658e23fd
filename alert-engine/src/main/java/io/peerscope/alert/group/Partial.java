package io.peerscope.alert.group;

import java.util.List;
import java.util.Optional;

/**
 * What one task counted: a record of {@code alerts.partials}, one each second for as long as there are rules for groups.
 *
 * @param partition of the task
 * @param at second of event time, epoch milliseconds
 * @param tallies a rule that is too new to the task to be counted right is not among them
 */
public record Partial(int partition, long at, List<Tally> tallies) {

    Optional<Tally> of(String ruleId, long ruleVersion) {
        return tallies.stream()
                .filter(tally -> tally.ruleId().equals(ruleId) && tally.ruleVersion() == ruleVersion)
                .findFirst();
    }
}
