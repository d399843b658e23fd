package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.Turns;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Documents that people keep in a topic. Each change is on record with what was before and after. */
final class AuditedTable<V> {
    private final ControlTable<V> table;
    private final ChangeOrder order;
    private final String what;
    private final int most;
    private final Function<V, String> id;
    private final Function<V, Object> recorded;
    private final Check<V> check;
    /** Those of this instance wait here, and one of them at most for those of others. */
    private final ReentrantLock changing = new ReentrantLock();

    /**
     * @param what a document is called, such as {@code rule}
     * @param most that there may be
     * @param recorded how a document stands on record, without secrets
     */
    AuditedTable(
            ControlTable<V> table,
            ChangeOrder order,
            String what,
            int most,
            Function<V, String> id,
            Function<V, Object> recorded) {
        this(table, order, what, most, id, recorded, (name, after) -> {});
    }

    /** @param check made before each change, while nobody else makes one */
    AuditedTable(
            ControlTable<V> table,
            ChangeOrder order,
            String what,
            int most,
            Function<V, String> id,
            Function<V, Object> recorded,
            Check<V> check) {
        this.table = table;
        this.order = order;
        this.what = what;
        this.most = most;
        this.id = id;
        this.recorded = recorded;
        this.check = check;
    }

    /** Whether a change leaves documents that fit together; throws {@link ProblemException} where it does not. */
    @FunctionalInterface
    interface Check<V> {
        /** @param after null: it would be removed */
        void of(String id, @Nullable V after);
    }

    /** Makes of a document the one that replaces it. */
    @FunctionalInterface
    interface Replacement<V, E extends Exception> {
        V of(V before) throws E;
    }

    /** Several changes with nobody else's between them. */
    @FunctionalInterface
    interface Changes<V, E extends Exception> {
        void make(Recorder<V> recorder) throws E;
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
        return create(id.apply(wanted), () -> wanted, request);
    }

    /** @param wanted asked when it is its turn and there is none */
    V create(String name, Supplier<V> wanted, ContainerRequestContext request) {
        return alone(() -> {
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
            V made = wanted.get();
            record(request, "create", name, null, made);
            return made;
        });
    }

    <E extends Exception> V replace(String name, Replacement<V, E> replacement, ContainerRequestContext request)
            throws E {
        return rewrite("replace", name, replacement, request);
    }

    /** As {@link #replace}, on record by another name. */
    <E extends Exception> V rewrite(
            String action, String name, Replacement<V, E> replacement, ContainerRequestContext request) throws E {
        return alone(() -> {
            V before = existing(name);
            V after = replacement.of(before);
            if (!id.apply(after).equals(name)) {
                throw Query.wrong("id", "the same as in the address, " + name);
            }
            record(request, action, name, before, after);
            return after;
        });
    }

    void delete(String name, ContainerRequestContext request) {
        delete(name, before -> {}, request);
    }

    /** @param allowed throws where what there is must stay */
    void delete(String name, Consumer<V> allowed, ContainerRequestContext request) {
        together(request, recorder -> {
            V before = existing(name);
            allowed.accept(before);
            recorder.change("delete", name, before, null);
        });
    }

    <E extends Exception> void together(ContainerRequestContext request, Changes<V, E> changes) throws E {
        alone(() -> {
            changes.make((action, name, before, after) -> record(request, action, name, before, after));
            return what;
        });
    }

    private <T, E extends Exception> T alone(Turns.Work<T, E> work) throws E {
        changing.lock();
        try {
            return order.next(what, work);
        } finally {
            changing.unlock();
        }
    }

    private void record(
            ContainerRequestContext request, String action, String name, @Nullable V before, @Nullable V after) {
        check.of(name, after);
        AuditLog.Entry entry = new AuditLog.Entry(
                what + "." + action,
                name,
                before == null ? null : recorded.apply(before),
                after == null ? null : recorded.apply(after));
        order.audit().record(Caller.of(request), entry, connection -> {
            table.put(name, after);
            return name;
        });
    }
}
