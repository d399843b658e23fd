package io.peerscope.query.wiring;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.silence.Silence;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.TopicEnds;
import io.peerscope.foundation.security.CredentialDirectory;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.access.TokenUses;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.control.SettingsTopic;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.network.NetworkTables;
import io.peerscope.query.receipt.TopicReader;
import io.peerscope.query.rest.Outbox;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What topics hold and is kept in memory, and what is written to them. */
@Singleton
final class TopicTables {
    final CredentialDirectory credentials;
    final TopicEnds ends;
    final TopicReader reader;

    @Produces
    @Singleton
    final CredentialBook credentialBook;

    @Produces
    @Singleton
    final TokenUses tokenUses;

    @Produces
    @Singleton
    final LiveTables live;

    @Produces
    @Singleton
    final NetworkTables network;

    @Produces
    @Singleton
    final ControlTable<Rule> rules;

    @Produces
    @Singleton
    final ControlTable<Channel> channels;

    @Produces
    @Singleton
    final ControlTable<Silence> silences;

    @Produces
    @Singleton
    final ControlTable<Inhibition> inhibitions;

    @Produces
    @Singleton
    final Outbox outbox;

    @Produces
    @Singleton
    final SettingsTopic settings;

    private final Basis basis;

    TopicTables(Basis basis) {
        this.basis = basis;
        KafkaClients clients = basis.clients;
        credentials = new CredentialDirectory(clients, "query-api-credentials", basis.wallClock);
        ends = new TopicEnds(clients, "query-api-topic-ends");
        credentialBook = new CredentialBook(credentials, basis.writer, ends, basis.wallClock);
        tokenUses = new TokenUses(clients);
        live = new LiveTables(clients);
        network = new NetworkTables(clients);
        rules = control("rules", Topic.ALERTS_RULES, TopicTables::rule, rule -> Json.encode(RuleDocument.write(rule)));
        channels = control(
                "channels",
                Topic.NOTIFICATIONS_CHANNELS,
                bytes -> Json.decode(bytes, Channel.class),
                channel -> Json.encode(basis.channelSecrets.seal(channel)));
        silences = control("silences", Topic.ALERTS_SILENCES, bytes -> Json.decode(bytes, Silence.class), Json::encode);
        inhibitions = control(
                "inhibitions",
                Topic.NOTIFICATIONS_INHIBITIONS,
                bytes -> Json.decode(bytes, Inhibition.class),
                Json::encode);
        outbox = new Outbox(basis.writer, basis.channelSecrets);
        settings = new SettingsTopic(basis.writer);
        reader = new TopicReader(clients, "query-api-receipts");
    }

    private <V> ControlTable<V> control(
            String name, Topic topic, Function<byte[], V> decoder, Function<V, byte[]> encoder) {
        return new ControlTable<>(basis.clients, "query-api-" + name, topic, basis.writer, decoder, encoder);
    }

    private static Rule rule(byte[] json) {
        try {
            return RuleDocument.read(json);
        } catch (RuleInvalidException e) {
            throw new MalformedRecordException("not a rule: " + e.getMessage(), e);
        }
    }

    List<ControlTable<?>> documents() {
        return List.of(rules, channels, silences, inhibitions);
    }

    /** The topics must exist. */
    void start() {
        credentials.start();
        tokenUses.start();
        live.start();
        network.start();
        documents().forEach(ControlTable::start);
    }

    List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(credentials.condition());
        conditions.add(tokenUses.condition());
        documents().forEach(table -> conditions.add(table.condition()));
        conditions.addAll(live.conditions());
        conditions.addAll(network.conditions());
        return conditions;
    }

    void close() {
        live.close();
        network.close();
        documents().forEach(ControlTable::close);
        credentials.close();
        tokenUses.close();
        basis.writer.close();
        ends.close();
        reader.close();
    }
}
