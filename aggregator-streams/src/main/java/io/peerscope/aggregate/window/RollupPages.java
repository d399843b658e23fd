package io.peerscope.aggregate.window;

import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.LateWindow;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects what goes to one host's roll-ups and cuts it into records that Kafka takes (1 MiB). */
final class RollupPages {
    /** A field of a roll-up takes 33 bytes and more, a subject rarely above 100, so a page stays well below 512 KiB. */
    private static final int PAGE = 8000;

    private static final int SUBJECT = 4;

    private final String host;
    private final Consumer<RollupBatch> out;
    private List<Rollup> rollups = new ArrayList<>();
    private List<LateWindow> late = new ArrayList<>();
    private long sourceOffset = -1;
    private int size;

    RollupPages(String host, Consumer<RollupBatch> out) {
        this.host = host;
        this.out = out;
    }

    void rollup(Rollup rollup) {
        rollups.add(rollup);
        grow(rollup.shape().size() + SUBJECT);
    }

    void late(Subject subject, long start, long offset) {
        late.add(new LateWindow(subject, start));
        sourceOffset = Math.max(sourceOffset, offset);
        grow(SUBJECT);
    }

    private void grow(int by) {
        size += by;
        if (size >= PAGE) {
            flush();
        }
    }

    void flush() {
        if (size > 0) {
            out.accept(new RollupBatch(host, MinuteWindow.LENGTH, rollups, late, sourceOffset));
            rollups = new ArrayList<>();
            late = new ArrayList<>();
            sourceOffset = -1;
            size = 0;
        }
    }
}
