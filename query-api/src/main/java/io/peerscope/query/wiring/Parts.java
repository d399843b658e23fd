package io.peerscope.query.wiring;

import io.peerscope.contracts.setting.Setting;
import io.peerscope.notify.message.Links;
import io.peerscope.query.access.LoginBackOff;
import io.peerscope.query.access.LoginPace;
import io.peerscope.query.access.OneTimeCodes;
import io.peerscope.query.access.Passwords;
import io.peerscope.query.access.SessionActivity;
import io.peerscope.query.access.TrustedProxies;
import io.peerscope.query.advice.AdviceBook;
import io.peerscope.query.advice.Adviser;
import io.peerscope.query.consistency.StrongReads;
import io.peerscope.query.control.Targets;
import io.peerscope.query.oidc.OidcLogin;
import io.peerscope.query.rest.ChangeOrder;
import io.peerscope.query.rest.ExternalLogins;
import io.peerscope.query.rest.HostScores;
import io.peerscope.query.rest.HumanActs;
import io.peerscope.query.rest.IdleSessions;
import io.peerscope.query.rest.KeptSessions;
import io.peerscope.query.rest.KnownAlerts;
import io.peerscope.query.rest.KnownSeries;
import io.peerscope.query.rest.Logins;
import io.peerscope.query.rest.MessagePreviews;
import io.peerscope.query.rest.Recognition;
import io.peerscope.query.rest.Replays;
import io.peerscope.query.rest.SecondFactorDuty;
import io.peerscope.query.rest.SecondFactors;
import io.peerscope.query.rest.TestMessages;
import io.peerscope.query.setting.LiveSettings;
import io.peerscope.query.store.LoginAttempts;
import io.peerscope.query.store.OutcomeReader;
import io.peerscope.query.store.Seat;
import io.peerscope.query.store.SentNames;
import io.peerscope.query.store.Turns;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Every part of the service, put together, in rooms by idea; here is what addresses share beyond single tables. What the
 * addresses need is produced for them by its type, in each of the rooms.
 */
@Singleton
public final class Parts {
    final Basis basis;
    final TopicTables topics;
    final Tables tables;
    final Past past;

    @Produces
    @Singleton
    final Passwords passwords = new Passwords();

    @Produces
    @Singleton
    final Recognition recognition;

    @Produces
    @Singleton
    final SecondFactors secondFactors;

    @Produces
    @Singleton
    final TrustedProxies proxies;

    @Produces
    @Singleton
    final OneTimeCodes codes;

    final SessionActivity sessionActivity;

    @Produces
    @Singleton
    final IdleSessions idleSessions;

    @Produces
    @Singleton
    final Logins logins;

    @Produces
    @Singleton
    final ExternalLogins externalLogins;

    @Produces
    @Singleton
    final SecondFactorDuty secondFactorDuty;

    @Produces
    @Singleton
    final LoginPace loginPace;

    @Produces
    @Singleton
    final KeptSessions keptSessions;

    @Produces
    @Singleton
    final Targets targets;

    @Produces
    @Singleton
    final TestMessages tests;

    @Produces
    @Singleton
    final KnownAlerts knownAlerts;

    @Produces
    @Singleton
    final MessagePreviews previews;

    @Produces
    @Singleton
    final Replays replays;

    @Produces
    @Singleton
    final StrongReads strongReads;

    @Produces
    @Singleton
    final ChangeOrder order;

    @Produces
    @Singleton
    final HumanActs acts;

    @Produces
    @Singleton
    final KnownSeries knownSeries;

    @Produces
    @Singleton
    final HostScores scores;

    @Produces
    @Singleton
    final Adviser adviser;

    final AdviceBook adviceBook;
    final Seat advising;
    final Seat endingIdle;
    final Optional<OidcLogin> oidc;

    public Parts(
            QuerySettings settings,
            Basis basis,
            TopicTables topics,
            Tables tables,
            Past past,
            @ConfigProperty(name = "peerscope.notify.private-targets", defaultValue = "false") boolean privateTargets,
            @ConfigProperty(name = "peerscope.notify.ports", defaultValue = "443,8443") List<Integer> targetPorts,
            @ConfigProperty(name = "peerscope.notify.public-url") Optional<String> publicUrl) {
        this.basis = basis;
        this.topics = topics;
        this.tables = tables;
        this.past = past;
        LiveSettings now = past.settings;
        recognition = new Recognition(tables.users, passwords, new LoginBackOff(basis.wallClock), tables.audit);
        secondFactors = new SecondFactors(
                tables.secondFactors, basis.box, basis.clock, () -> now.now().number(Setting.LOGIN_SECOND_FACTOR));
        proxies = new TrustedProxies(settings.trustedProxies().orElse(List.of()));
        codes = new OneTimeCodes(Set.copyOf(settings.oneTimeCodes().orElse(List.of())));
        sessionActivity = new SessionActivity(basis.wallClock);
        logins = new Logins(
                topics.credentialBook, tables.loginSessions, sessionActivity, tables.audit, basis.clock, () -> now.now()
                        .time(Setting.SESSION_LENGTH));
        idleSessions = new IdleSessions(
                topics.credentialBook, tables.loginSessions, sessionActivity, tables.audit, basis.clock, () -> now.now()
                        .time(Setting.SESSION_IDLE));
        oidc = OidcWiring.config(settings.oidc())
                .map(config -> new OidcLogin(config, new LoginAttempts(basis.database), basis.wallClock));
        externalLogins = new ExternalLogins(oidc, tables.users, logins, topics.credentialBook, basis.clock);
        secondFactorDuty = new SecondFactorDuty(secondFactors, tables.users, logins);
        loginPace = new LoginPace(basis.wallClock);
        endingIdle = new Seat(basis.database, "idle sessions");
        keptSessions = new KeptSessions(() -> now.now().time(Setting.RETENTION_SESSIONS));
        targets = new Targets(privateTargets, targetPorts);
        tests = new TestMessages(topics.outbox, basis.clock);
        knownAlerts = new KnownAlerts(topics.live, tables.alerts);
        previews = new MessagePreviews(knownAlerts, topics.live, new Links(publicUrl), basis.clock);
        replays = new Replays(knownAlerts, tables.alerts, topics.channels, topics.outbox, basis.clock);
        strongReads = new StrongReads(topics.ends, past.progress, topics.live, topics.documents(), basis.wallClock);
        order = new ChangeOrder(tables.audit, new Turns(basis.database), strongReads);
        acts = new HumanActs(topics.live, basis.writer, tables.audit, basis.clock, strongReads);
        knownSeries = new KnownSeries(
                new SentNames(basis.reading, settings.history().statementTimeout()),
                topics.live,
                topics.credentialBook,
                strongReads,
                basis.metrics);
        adviser = new Adviser(settings.advice().minHeadroom());
        adviceBook = new AdviceBook(adviser, settings.advice().measureAfter());
        advising = new Seat(basis.database, "advice");
        scores = new HostScores(topics.network, new OutcomeReader(basis.reading), basis.clock);
    }

    void close() {
        past.materialization.close();
        topics.close();
        targets.close();
        oidc.ifPresent(OidcLogin::close);
    }
}
