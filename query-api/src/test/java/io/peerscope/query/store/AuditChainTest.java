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

    @Test
    void whatIsAskedForIsTold() throws SQLException {
        AuditChain chain = new AuditChain(fresh.get());
        assertThat(chain.follow()).isEqualTo(new AuditChain.Found(true, 0, null, null, 0, List.of(), List.of()));
        fiveEntries();
        AuditChain.Found whole = chain.follow();
        assertThat(whole.whole()).isTrue();
        assertThat(whole.entries()).isEqualTo(5);
        assertThat(whole.until()).isEqualTo("2026-11-21T10:00:00.123456Z");
        assertThat(whole.head()).matches("5:[0-9a-f]{64}");
        tamper("update audit set object = 'innocent' where object = 'rule-2'");
        AuditChain.Found broken = chain.follow();
        assertThat(broken.whole()).isFalse();
        assertThat(broken.faultCount()).isEqualTo(1);
        assertThat(broken.faults()).extracting(AuditChain.Fault::entry).containsExactly(3L);
    }

    @Test
    void whatWasRemovedAtTheEndOrAllOfItIsNotFoundByTheChainAloneButByTheNotedHead() throws SQLException {
        fiveEntries();
        String noted = new AuditChain(fresh.get()).follow().head();
        tamper("delete from audit_chain where seq = 5");
        tamper("delete from audit where object = 'rule-4'");
        AuditChain.Found cut = new AuditChain(fresh.get()).follow();
        assertThat(cut.whole()).isTrue();
        assertThat(cut.head()).isNotEqualTo(noted);
    }

    @Test
    void aRestoreOfOurOwnPastKeepsWhatCameSince() throws SQLException {
        fiveEntries();
        archive();
        write("since");
        restore();
        assertThat(objects()).containsExactly("rule-0", "rule-1", "rule-2", "rule-3", "rule-4", "since", "backup.zip");
        assertThat(restored()).isEqualTo("kept 0 0");
    }

    @Test
    void aRestoreIntoAnEmptyDatabaseGoesOnWithTheArchivesChain() throws SQLException {
        fiveEntries();
        String noted = new AuditChain(fresh.get()).follow().head();
        archive();
        tamper("truncate audit, audit_chain restart identity");
        restore();
        write("after");
        assertThat(objects()).containsExactly("rule-0", "rule-1", "rule-2", "rule-3", "rule-4", "backup.zip", "after");
        assertThat(restored()).isEqualTo("continued 5 0");
        assertThat(ask("select seq || ':' || encode(hash, 'hex') from audit_chain where seq = 5"))
                .as("heads that were noted are still part of it")
                .containsExactly(noted);
    }

    @Test
    void aRestoreBesideALogOfItsOwnLosesNeither() throws SQLException {
        fiveEntries();
        archive();
        tamper("truncate audit, audit_chain restart identity");
        write("own-0");
        write("own-1");
        restore();
        restore();
        assertThat(objects())
                .as("and again brings nothing twice")
                .containsExactly(
                        "own-0", "own-1", "rule-0", "rule-1", "rule-2", "rule-3", "rule-4", "backup.zip", "backup.zip");
        assertThat(restored()).isEqualTo("joined 5 0, joined 0 0");
    }

    @Test
    void anArchiveThatWasTamperedWithIsToldOf() throws SQLException {
        fiveEntries();
        archive();
        run(
                "update archived set object = 'innocent' where object = 'rule-1'; delete from archived where object = 'rule-3'");
        tamper("truncate audit, audit_chain restart identity");
        write("own");
        restore();
        assertThat(restored()).isEqualTo("joined 4 2");
    }

    @Test
    void aRestoreThatIsRolledBackLeavesNothing() throws SQLException {
        fiveEntries();
        archive();
        tamper("truncate audit, audit_chain restart identity");
        assertThatThrownBy(() -> run(restoreOf("select 1 / 0"))).hasMessageContaining("division");
        assertThat(objects()).isEmpty();
        assertThat(faults()).isEmpty();
    }

    private void archive() throws SQLException {
        run("create table archived as select * from audit; create table archived_chain as select * from audit_chain");
    }

    /** As the command does it: in one transaction. */
    private void restore() throws SQLException {
        run(restoreOf("select 1"));
        assertThat(faults()).isEmpty();
    }

    private static String restoreOf(String last) {
        return "begin; create temporary table audit_of_archive (like audit) on commit drop;"
                + " create temporary table audit_chain_of_archive (like audit_chain) on commit drop;"
                + " insert into audit_of_archive select * from archived;"
                + " insert into audit_chain_of_archive select * from archived_chain;"
                + " select audit_restored('backup.zip', '2026-11-20T03:00:00Z'); " + last + "; commit";
    }

    private List<String> objects() throws SQLException {
        return ask("select object from audit order by id");
    }

    /** How each met, what it added, what was wrong with the archive; oldest first. */
    private String restored() {
        return new AuditChain(fresh.get())
                .follow().restores().reversed().stream()
                        .map(restore -> restore.told().path("way").asText() + " "
                                + restore.told().path("added").asLong() + " "
                                + restore.told().path("faults").asLong())
                        .collect(java.util.stream.Collectors.joining(", "));
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
