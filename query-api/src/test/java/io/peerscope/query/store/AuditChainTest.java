package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.store.AuditLog.Entry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is on record is a chain, and whoever lays hands on it is found out. */
class AuditChainTest {
    private static final Principal ANNA = new Principal(Role.ADMIN, "anna", "c1");

    @RegisterExtension
    final FreshDatabase fresh = FreshDatabase.plain();

    private AuditLog log;

    @BeforeEach
    void start() {
        log = new AuditLog(fresh.get(), () -> Instant.parse("2026-11-21T10:00:00.123456Z"));
    }

    @Test
    void entriesAreLinkedInOrderAndWithoutFault() throws SQLException {
        for (int i = 0; i < 5; i++) {
            write("rule-" + i);
        }
        assertThat(ask("select count(*) || ' ' || max(seq) from audit_chain")).containsExactly("5 5");
        assertThat(faults()).isEmpty();
        assertThat(ask("set time zone 'Asia/Tokyo'", "select count(*) from audit_fault"))
                .as("wherever it is looked at")
                .containsExactly("0");
    }

    @Test
    void aChangeThatFailsLeavesNoLink() throws SQLException {
        write("kept");
        assertThatThrownBy(() -> log.record(ANNA, new Entry("rule.create", "lost", null, null), connection -> {
                    throw new IllegalStateException("Kafka is away");
                }))
                .hasMessageContaining("Kafka is away");
        write("kept-too");
        assertThat(ask("select count(*) || ' ' || max(seq) from audit_chain")).containsExactly("2 2");
        assertThat(faults()).isEmpty();
    }

    @Test
    void manyWriteAtOnceAndNoneWaitsForAnothersChange() throws Exception {
        int writers = 8;
        int each = 20;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers + 1)) {
            CountDownLatch open = new CountDownLatch(1);
            CountDownLatch others = new CountDownLatch(writers);
            Future<?> slow =
                    threads.submit(() -> log.record(ANNA, new Entry("rule.create", "slow", null, null), connection -> {
                        open.countDown();
                        return await(others);
                    }));
            open.await();
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String name = "writer-" + i;
                work.add(() -> {
                    for (int j = 0; j < each; j++) {
                        write(name + "-" + j);
                    }
                    others.countDown();
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
            slow.get();
        }
        assertThat(ask("select count(*) || ' ' || max(seq) from audit_chain"))
                .containsExactly((writers * each + 1) + " " + (writers * each + 1));
        assertThat(faults()).isEmpty();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void whatWasChangedIsNamed() throws SQLException {
        fiveEntries();
        tamper("update audit set object = 'innocent' where object = 'rule-2'");
        assertThat(faults()).containsExactly("rule-2's place: the entry, or its link, was changed");
    }

    @Test
    void whatWasRemovedIsNamed() throws SQLException {
        fiveEntries();
        tamper("delete from audit where object = 'rule-1'");
        assertThat(faults()).containsExactly("rule-1's place: the entry was removed");
    }

    @Test
    void whatWasRemovedWithItsLinkLeavesAGap() throws SQLException {
        fiveEntries();
        tamper("delete from audit_chain where audit_id = (select id from audit where object = 'rule-1')");
        tamper("delete from audit where object = 'rule-1'");
        assertThat(faults()).containsExactly("rule-2's place: links are missing before it");
    }

    @Test
    void whatWasPutInIsNamed() throws SQLException {
        fiveEntries();
        tamper("insert into audit (at, who, role, action, object) values (now(), 'anna', 'admin', 'rule.create', 'x')");
        assertThat(faults())
                .containsExactly(
                        "another place: the entry has no link: it was put in by another way, or its link was removed");
    }

    @Test
    void neitherEntriesNorLinksAreChangedByMistake() {
        write("rule");
        assertThatThrownBy(() -> run("update audit_chain set seq = 7")).hasMessageContaining("never changed");
        assertThatThrownBy(() -> run("truncate audit_chain")).hasMessageContaining("never changed");
        assertThatThrownBy(() -> run("delete from audit")).hasMessageContaining("never changed");
    }

    private void fiveEntries() {
        for (int i = 0; i < 5; i++) {
            write("rule-" + i);
        }
    }

    private void write(String object) {
        log.record(ANNA, new Entry("rule.create", object, null, Map.of("b", 1, "a", "ü\n")), connection -> object);
    }

    /** As somebody does who owns the tables. */
    private void tamper(String sql) throws SQLException {
        run("alter table audit disable trigger all; alter table audit_chain disable trigger all; " + sql
                + "; alter table audit enable trigger all; alter table audit_chain enable trigger all");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = fresh.get().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> faults() throws SQLException {
        return ask("select case when seq is null then 'another' else 'rule-' || seq - 1 || '''s' end"
                + " || ' place: ' || fault from audit_fault order by seq");
    }

    private List<String> ask(String... sql) throws SQLException {
        try (Connection connection = fresh.get().getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < sql.length - 1; i++) {
                statement.execute(sql[i]);
            }
            try (ResultSet rows = statement.executeQuery(sql[sql.length - 1])) {
                List<String> answers = new ArrayList<>();
                while (rows.next()) {
                    answers.add(rows.getString(1));
                }
                return answers;
            }
        }
    }
}
