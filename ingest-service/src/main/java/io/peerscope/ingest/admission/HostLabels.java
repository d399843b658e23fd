package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The labels of a batch: those of the host, and whether the data are made up. */
record HostLabels(Map<String, String> labels, boolean simulated) {
    private static final HostLabels NONE = new HostLabels(Map.of(), false);
    private static final String SIMULATED = "simulated";
    private static final String HOST = "host";

    static HostLabels of(Draft draft, String host) throws RefusedException {
        if (draft.labels().isEmpty()) {
            return NONE;
        }
        Map<String, String> labels = checked(draft.dialect(), draft.labels(), host);
        String simulated = labels.remove(SIMULATED);
        return new HostLabels(labels, "true".equals(simulated));
    }

    /** Whether labels name another host than the one that the batch is of. */
    static boolean contradicts(List<String> pairs, String host) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(HOST) && !pairs.get(i + 1).equals(host)) {
                return true;
            }
        }
        return false;
    }

    /** Labels in canonical order, without empty ones and without the host's name. */
    static Map<String, String> checked(Dialect dialect, List<String> pairs, String host) throws RefusedException {
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            String name = pairs.get(i);
            String value = pairs.get(i + 1);
            if (!dialect.isName(name)) {
                throw new RefusedException(ErrorCode.BAD_NAME, "not a label name: " + Shown.text(name));
            }
            if (!Grammar.isText(value)) {
                String detail = "label %s must be text of at most %d bytes".formatted(name, Grammar.TEXT_LIMIT);
                throw new RefusedException(ErrorCode.BAD_VALUE, detail);
            }
            if (name.equals(HOST) && !value.equals(host)) {
                throw new RefusedException(ErrorCode.HOST_MISMATCH, "label host names another host than the batch");
            }
            if (!value.isEmpty() && !name.equals(HOST)) {
                labels.put(name, value);
            }
        }
        return labels;
    }
}
