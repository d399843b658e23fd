package io.peerscope.alert.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people did to an alert. */
public record Marks(
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable String assignee,
        @Nullable String notes) {
    static final Marks NONE = new Marks(null, null, null, null);

    Marks acknowledged(String by, Instant at) {
        return new Marks(by, at, assignee, notes);
    }

    Marks unacknowledged() {
        return new Marks(null, null, assignee, notes);
    }

    /** Null leaves a mark as it is, an empty text takes it away. */
    Marks with(@Nullable String newAssignee, @Nullable String newNotes) {
        return new Marks(acknowledgedBy, acknowledgedAt, changed(assignee, newAssignee), changed(notes, newNotes));
    }

    private static @Nullable String changed(@Nullable String before, @Nullable String wanted) {
        if (wanted == null) {
            return before;
        }
        return wanted.isEmpty() ? null : wanted;
    }
}
