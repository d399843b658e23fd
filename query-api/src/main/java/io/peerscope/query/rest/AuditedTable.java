package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.store.AuditLog;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Documents that people keep in a topic. Each change is on record with what was before and after. */
final class AuditedTable<V> {
    private final ControlTable<V> table;
    private final AuditLog audit;
    private final String what;
    private final int most;
    private final Function<V, String> id;
    private final Function<V, Object> recorded;
    /** One change at a time, so that two of them do not take each other for what was before. */
    private final ReentrantLock changing = new ReentrantLock();

    /**
     * @param what a document is called, such as {@code rule}
     * @param most that there may be
     * @param recorded how a document stands on record, without secrets
     */
    AuditedTable(
            ControlTable<V> table,
            AuditLog audit,
            String what,
            int most,
            Function<V, String> id,
            Function<V, Object> recorded) {
        this.table = table;
        this.audit = audit;
        this.what = what;
        this.most = most;
        this.id = id;
        this.recorded = recorded;
    }

    /** Makes of a document the one that replaces it. */
    @FunctionalInterface
    interface Replacement<V, E extends Exception> {
        V of(V before) throws E;
    }

    /** Several changes with nobody else's between them. */
    @FunctionalInterface
    interface Changes<V> {
        void make(Recorder<V> recorder);
    }

    /** One change, inside of {@link Changes}. */
    @FunctionalInterface
    interface Recorder<V> {
        void change(String action, String id, @Nullable V before, @Nullable V after);
    }

    List<V> all() {
        return table.all();
    }

    Optional<V> find(String name) {
        return table.find(name);
    }

    V existing(String name) {
        return table.find(name).orElseThrow(() -> ProblemException.notFound(what, name));
    }

    V create(V wanted, ContainerRequestContext request) {
        String name = id.apply(wanted);
        together(request, recorder -> {
            if (table.find(name).isPresent()) {
                throw new ProblemException(
                        ErrorCode.CONFLICT,
                        "there is " + ("aeiou".indexOf(what.charAt(0)) < 0 ? "a " : "an ") + what + " " + name
                                + "; PUT replaces it");
            }
            if (table.all().size() >= most) {
                throw new ProblemException(
                        ErrorCode.CONFLICT, "there are " + most + " " + what + "s; remove some first");
            }
            recorder.change("create", name, null, wanted);
        });
        return wanted;
    }

    <E extends Exception> V replace(String name, Replacement<V, E> replacement, ContainerRequestContext request)
            throws E {
        changing.lock();
        try {
            V before = existing(name);
            V after = replacement.of(before);
            if (!id.apply(after).equals(name)) {
                throw Query.wrong("id", "the same as in the address, " + name);
            }
            record(request, "replace", name, before, after);
            return after;
        } finally {
            changing.unlock();
        }
    }

    void delete(String name, ContainerRequestContext request) {
        together(request, recorder -> recorder.change("delete", name, existing(name), null));
    }

    void together(ContainerRequestContext request, Changes<V> changes) {
        changing.lock();
        try {
            changes.make((action, name, before, after) -> record(request, action, name, before, after));
        } finally {
            changing.unlock();
        }
    }

    private void record(
            ContainerRequestContext request, String action, String name, @Nullable V before, @Nullable V after) {
        AuditLog.Entry entry = new AuditLog.Entry(
                what + "." + action,
                name,
                before == null ? null : recorded.apply(before),
                after == null ? null : recorded.apply(after));
        audit.record(Caller.of(request), entry, connection -> {
            table.put(name, after);
            return name;
        });
    }
}
