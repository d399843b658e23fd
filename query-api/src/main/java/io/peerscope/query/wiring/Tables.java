package io.peerscope.query.wiring;

import io.agroal.api.AgroalDataSource;
import io.peerscope.query.receipt.HostLedger;
import io.peerscope.query.receipt.Receipts;
import io.peerscope.query.store.AdviceTable;
import io.peerscope.query.store.AlertReader;
import io.peerscope.query.store.AuditChain;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.AuditReader;
import io.peerscope.query.store.ClockReader;
import io.peerscope.query.store.LedgerReader;
import io.peerscope.query.store.LoginSessions;
import io.peerscope.query.store.Markers;
import io.peerscope.query.store.NetworkEvents;
import io.peerscope.query.store.RuleVersions;
import io.peerscope.query.store.SecondFactorTable;
import io.peerscope.query.store.SessionReader;
import io.peerscope.query.store.SessionStatsReader;
import io.peerscope.query.store.SettingStore;
import io.peerscope.query.store.StalledWriters;
import io.peerscope.query.store.Storage;
import io.peerscope.query.store.Users;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the database keeps besides the past of metrics: who did what, what became of alerts, samples and sessions. */
@Singleton
final class Tables {
    /** Above the 20 s that the driver waits for an answer. */
    private static final Duration STALLED_AFTER = Duration.ofSeconds(45);

    final Markers markers;
    final StalledWriters stalledWriters;
    final LedgerWatch ledgerWatch;

    @Produces
    @Singleton
    final AlertReader alerts;

    @Produces
    @Singleton
    final AuditLog audit;

    @Produces
    @Singleton
    final RuleVersions ruleVersions;

    @Produces
    @Singleton
    final AuditReader auditReader;

    @Produces
    @Singleton
    final AuditChain auditChain;

    @Produces
    @Singleton
    final Users users;

    final SecondFactorTable secondFactors;

    @Produces
    @Singleton
    final LoginSessions loginSessions;

    @Produces
    @Singleton
    final SettingStore settings;

    @Produces
    @Singleton
    final Storage storage;

    @Produces
    @Singleton
    final NetworkEvents networkEvents;

    @Produces
    @Singleton
    final AdviceTable advice;

    @Produces
    @Singleton
    final LedgerReader ledgerReader;

    @Produces
    @Singleton
    final ClockReader clockReader;

    @Produces
    @Singleton
    final HostLedger hostLedger;

    @Produces
    @Singleton
    final Receipts receipts;

    @Produces
    @Singleton
    final SessionReader sessions;

    @Produces
    @Singleton
    final SessionStatsReader sessionStats;

    Tables(QuerySettings settings, Basis basis, TopicTables topics) {
        AgroalDataSource database = basis.database;
        Duration patience = settings.history().statementTimeout();
        markers = new Markers(database);
        stalledWriters = new StalledWriters(database, STALLED_AFTER);
        alerts = new AlertReader(basis.reading);
        audit = new AuditLog(database, basis.wallClock);
        ruleVersions = new RuleVersions(database);
        auditReader = new AuditReader(basis.reading);
        auditChain = new AuditChain(basis.reading);
        users = new Users(database);
        secondFactors = new SecondFactorTable(database);
        loginSessions = new LoginSessions(database);
        this.settings = new SettingStore(database, audit, basis.wallClock);
        storage = new Storage(database);
        networkEvents = new NetworkEvents(database);
        advice = new AdviceTable(database);
        ledgerReader = new LedgerReader(basis.reading);
        clockReader = new ClockReader(basis.reading);
        ledgerWatch = new LedgerWatch(ledgerReader, basis.meters);
        hostLedger = new HostLedger(ledgerReader, topics.reader);
        receipts = new Receipts(ledgerReader, topics.reader);
        sessions = new SessionReader(basis.reading, patience);
        sessionStats = new SessionStatsReader(basis.reading, patience);
    }
}
