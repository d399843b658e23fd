package io.peerscope.ingest.remotewrite;

import io.peerscope.ingest.admission.Dialect;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.FieldNames;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.protobuf.RowHeads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes drafts of rows: one for each host. A field that stands twice in a row begins another point of the same draft, so
 * that admission sees both and the later one holds. What a point has too many fields for goes to further drafts of the
 * host, since exporters have thousands for one instant. Not thread-safe.
 */
final class RowDrafts {
    private final Rows rows;
    private final RowHeads heads;
    /** Of each host one after another, mostly a single one. */
    private final Map<String, List<List<DraftPoint>>> hosts = new LinkedHashMap<>();

    private String latestHost = "";
    private List<List<DraftPoint>> latest = List.of();
    private String[] names = new String[64];
    private byte[] types = new byte[64];

    RowDrafts(Rows rows, RowHeads heads) {
        this.rows = rows;
        this.heads = heads;
    }

    List<Draft> drafts() {
        for (int row = 0; row < rows.count(); row++) {
            row(row);
        }
        List<Draft> drafts = new ArrayList<>(hosts.size());
        hosts.forEach((host, parts) -> parts.forEach(
                points -> drafts.add(new Draft(Dialect.FOREIGN, host, "", Draft.NO_TIME, List.of(), points))));
        return drafts;
    }

    private void row(int row) {
        int size = rows.size(row);
        if (size > names.length) {
            names = new String[size];
            types = new byte[size];
        }
        double[] values = new double[size];
        int[] items = new int[size];
        int sample = rows.firstSample(row);
        for (int i = 0; i < size; i++, sample = rows.nextSample(sample)) {
            names[i] = rows.field(sample);
            types[i] = rows.type(sample);
            values[i] = rows.value(sample);
            items[i] = rows.item(sample);
        }
        RowHeads.Head head = heads.of(names, types, size);
        if (size <= Limits.FIELDS && !head.repeated()) {
            add(row, 0, head.names(), values, items);
        } else {
            cut(row, size, values, items);
        }
    }

    private void cut(int row, int size, double[] values, int[] items) {
        Set<String> seen = new HashSet<>();
        int from = 0;
        int part = 0;
        for (int i = 0; i < size; i++) {
            boolean full = i - from == Limits.FIELDS;
            if (full || !seen.add(names[i])) {
                piece(row, part, from, i, values, items);
                from = i;
                part += full ? 1 : 0;
                seen.clear();
                seen.add(names[i]);
            }
        }
        piece(row, part, from, size, values, items);
    }

    private void piece(int row, int part, int from, int to, double[] values, int[] items) {
        FieldNames pieceNames =
                FieldNames.typed(Arrays.copyOfRange(names, from, to), Arrays.copyOfRange(types, from, to), to - from);
        add(row, part, pieceNames, Arrays.copyOfRange(values, from, to), Arrays.copyOfRange(items, from, to));
    }

    private void add(int row, int part, FieldNames fields, double[] values, int[] items) {
        Target target = rows.target(row);
        if (!target.host().equals(latestHost)) {
            latestHost = target.host();
            latest = hosts.computeIfAbsent(latestHost, first -> new ArrayList<>(1));
        }
        while (latest.size() <= part) {
            latest.add(new ArrayList<>());
        }
        latest.get(part)
                .add(new DraftPoint(
                        target.kind(), target.labels(), rows.timestamp(row), fields, values, List.of(), items));
    }
}
