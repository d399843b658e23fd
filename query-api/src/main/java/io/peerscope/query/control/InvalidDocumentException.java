package io.peerscope.query.control;

import io.peerscope.contracts.problem.Problem;
import java.util.List;

/** A document that cannot work; each fault names its field and a way out. */
public final class InvalidDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem.Detail> faults;

    public InvalidDocumentException(List<Problem.Detail> faults) {
        super(faults.size() + " faults");
        this.faults = Problem.first(faults);
    }

    public List<Problem.Detail> faults() {
        return faults;
    }
}
