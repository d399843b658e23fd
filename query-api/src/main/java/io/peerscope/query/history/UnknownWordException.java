package io.peerscope.query.history;

import java.util.List;

/** A parameter names something that nothing stored has. */
public final class UnknownWordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final transient List<String> known;

    public UnknownWordException(String parameter, List<String> known) {
        super(parameter + " must be one of " + known);
        this.parameter = parameter;
        this.known = List.copyOf(known);
    }

    public String parameter() {
        return parameter;
    }

    public List<String> known() {
        return known;
    }
}
