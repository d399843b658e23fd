package io.peerscope.contracts.rule;

import io.peerscope.contracts.problem.Problem;
import java.util.List;

/** A rule that cannot work; each fault names its field and a way out. */
public final class RuleInvalidException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem.Detail> faults;

    public RuleInvalidException(List<Problem.Detail> faults) {
        super(Problem.summaryOf(Problem.first(faults)));
        this.faults = Problem.first(faults);
    }

    public List<Problem.Detail> faults() {
        return faults;
    }
}
