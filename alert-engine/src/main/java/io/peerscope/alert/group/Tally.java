package io.peerscope.alert.group;

import java.util.List;

/**
 * What one task counted for one rule.
 *
 * @param ruleVersion counts by different versions are not added up
 */
public record Tally(String ruleId, long ruleVersion, List<Count> groups) {}
