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

    Marks with(@Nullable String newAssignee, @Nullable String newNotes) {
        return new Marks(
                acknowledgedBy,
                acknowledgedAt,
                newAssignee == null ? assignee : newAssignee,
                newNotes == null ? notes : newNotes);
    }
}
