package io.peerscope.contracts;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.live.PartLive;
import io.peerscope.contracts.live.PeerQuality;
import io.peerscope.contracts.live.PeerTraffic;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.HeldRecord;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.notify.QuietHours;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.receipt.RefusedSample;
import io.peerscope.contracts.rollup.LateWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.contracts.rollup.Sketches;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.setting.SettingRecord;
import io.peerscope.contracts.silence.Recurrence;
import io.peerscope.contracts.silence.Silence;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One telling value of everything that has a golden file. */
public final class Samples {
    private static final Instant NOON = Instant.parse("2025-11-21T12:00:00Z");
    private static final long MINUTE = 1_763_726_400_000L;

    private Samples() {}

    public static PointBatch pointBatch() {
        Subject host = new Subject("h1", Subject.HOST, Labels.of("region", "eu"));
        Subject map = new Subject("h1", Subject.MAP, Labels.of(Map.of("map", "prontera", "hosting", "p2p")));
        Subject link = new Subject("h1", Subject.CONNECTION, Labels.of("peer", "h2"));
        return new PointBatch(
                "h1",
                "3f2c/42",
                MINUTE + 500,
                MINUTE + 620,
                "r-1",
                -120,
                true,
                List.of(
                        Point.of(host, MINUTE, Map.of("cpu_usage", 93.5, "memory_usage", 71.2, "player_count", 31.0)),
                        Point.of(
                                host,
                                MINUTE + 5000,
                                Map.of("cpu_usage", 12.0, "memory_usage", 71.3, "player_count", 0.0)),
                        Point.of(
                                map,
                                MINUTE,
                                Map.of("player_count", 12.0, "mob_count", 40.0),
                                Map.of("map_status", "online")),
                        Point.of(
                                link,
                                MINUTE,
                                Map.of("latency_ms", 41.25),
                                Map.of(
                                        "connection_state",
                                        "connected",
                                        "connection_quality",
                                        "good",
                                        "ice_state",
                                        ""))),
                2,
                1);
    }

    /** What others send: types, some unknown, and numbers that are none. */
    public static PointBatch foreignBatch() {
        Subject host = new Subject("h1", Subject.HOST, Labels.of("job", "node"));
        Shape shape = Shape.typed(
                new String[] {"node_cpu_seconds_total", "node_load1", "scrapes", "up"}, new byte[] {2, 1, 3, 0});
        return new PointBatch(
                "h1",
                "",
                0,
                MINUTE + 620,
                "r-2",
                0,
                false,
                List.of(
                        new Point(host, MINUTE, shape, new double[] {1234.5, Double.NaN, 4, 1}, Map.of()),
                        new Point(
                                host,
                                MINUTE + 500,
                                shape,
                                new double[] {
                                    Double.POSITIVE_INFINITY,
                                    Double.NEGATIVE_INFINITY,
                                    Staleness.MARKER,
                                    Double.longBitsToDouble(0xfff8000000000001L)
                                },
                                Map.of())));
    }

    public static RollupBatch rollupBatch() {
        Subject host = new Subject("h1", Subject.HOST, Labels.none());
        Subject link = new Subject("h1", Subject.CONNECTION, Labels.of("peer", "h2"));
        return new RollupBatch(
                "h1",
                60_000,
                List.of(
                        new Rollup(
                                host,
                                Shape.sorted("cpu_usage", "memory_usage"),
                                MINUTE,
                                new long[] {12, 300},
                                new double[] {600.5, 852},
                                new double[] {12, 70.5},
                                new double[] {93.5, 71.5},
                                new double[] {55, 71},
                                new double[] {12, 70.5},
                                new double[0],
                                Sketches.encode(
                                        new TreeMap<>(Map.of(0, Sketch.ofKeys(new int[] {1500, 1200, 1500}, 3)))),
                                new long[] {MINUTE, MINUTE + 200},
                                new long[] {MINUTE + 59_999}),
                        new Rollup(
                                link,
                                Shape.typed(new String[] {"bytes_total", "latency_ms"}, new byte[] {2, 0}),
                                MINUTE,
                                new long[] {2, 1},
                                new double[] {70, 41.25},
                                new double[] {20, 41.25},
                                new double[] {50, 41.25},
                                new double[] {20, 41.25},
                                new double[] {50, 41.25},
                                new double[] {20, 0},
                                new byte[0],
                                new long[] {MINUTE},
                                new long[] {MINUTE + 30_000, MINUTE})),
                List.of(new LateWindow(link, MINUTE - 60_000)),
                4711);
    }

    public static Alert alert() {
        return new Alert(
                "a1f0",
                "cpu_usage",
                3,
                "h1",
                new AlertSubject(Subject.HOST, Map.of("region", "eu")),
                "cpu_usage",
                AlertStatus.FIRING,
                Severity.CRITICAL,
                93.5,
                90.0,
                NOON,
                NOON.plusSeconds(300),
                NOON.plusSeconds(305),
                null,
                "ada",
                NOON.plusSeconds(304),
                "grace",
                null,
                null,
                "h1 CPU at 93.5 %",
                Map.of("team", "ops", "family", "performance"),
                false,
                false,
                null);
    }

    public static AlertEvent alertEvent() {
        return AlertEvent.of(AlertTransition.SEVERITY_CHANGED, alert(), 2, "rule_changed");
    }

    public static AlertCommand alertCommand() {
        return new AlertCommand(
                AlertCommand.Action.ACKNOWLEDGE, alert().key(), "a1f0", "ada", NOON.plusMillis(304_250), "on it", null);
    }

    public static Silence silence() {
        return new Silence(
                "night-shift",
                Map.of("host", "eu-*", "team", "ops"),
                NOON,
                NOON.plusSeconds(7_200),
                new Recurrence(Recurrence.Every.WEEKLY, ZoneId.of("Europe/Berlin"), NOON.plusSeconds(86_400 * 90)),
                "backups",
                "ada",
                NOON.minusSeconds(60));
    }

    public static HostLive hostLive() {
        return new HostLive(
                "h1",
                HostStatus.UP,
                NOON.minusSeconds(86_400),
                NOON,
                NOON.minusSeconds(1),
                -2000,
                Map.of("region", "eu"),
                Map.of("cpu_usage", 93.5, "player_count", 31.0),
                List.of(new MapLive(
                        "prontera", "p2p", NOON, Map.of("player_count", 12.0), Map.of("map_status", "online"))),
                new LinksLive(
                        2,
                        1,
                        41.25,
                        1200.5,
                        800.0,
                        List.of(new PeerTraffic("h2", 1200.5, 800.0, 60)),
                        List.of(new PeerQuality("h2", 41.25, 0.5))),
                List.of(new PartLive("resource", Map.of("resource", "outbound"), NOON, Map.of("pool_active", 5.0))),
                true);
    }

    public static SettingRecord settingRecord() {
        return new SettingRecord("silence.factor", 2.5, 12);
    }

    public static NetworkEvent networkEvent() {
        return new NetworkEvent(
                NetworkEvent.id("h1", EventType.CONNECTION_STATE, NOON.toEpochMilli(), "h2", "connecting", "connected"),
                "h1",
                EventType.CONNECTION_STATE,
                NOON.plusMillis(250),
                NOON.plusSeconds(1),
                "h2",
                "connecting",
                "connected",
                Json.mapper().createObjectNode().put("attempt", 3).put("path", "relay"));
    }

    public static ReceiptRecord receiptRecord() {
        return new ReceiptRecord(
                "h1",
                "r-1",
                NOON,
                9,
                9,
                2,
                Map.of("bad_value", 1, "too_old", 1),
                List.of(
                        new RefusedSample(
                                "host", "cpu_usage", "101.0", NOON.toEpochMilli(), "bad_value", "cpu_usage must be …"),
                        new RefusedSample("map", "player_count", null, null, "too_old", "older than 86400 s")));
    }

    public static NetworkLive networkLive() {
        return new NetworkLive(2, 1, 31L, 98.5, null, new NetworkLive.ActiveMaps(1, null), 2, NOON);
    }

    public static Credential credential() {
        return new Credential(
                "0011223344556677",
                Credential.Use.TOKEN,
                Role.HOST,
                "h1",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                NOON,
                null);
    }

    public static Channel channel() {
        return new Channel(
                "ops-hook",
                ChannelType.WEBHOOK,
                true,
                new Channel.Interest(Severity.WARNING, Map.of("host", "h*"), true),
                new Channel.Pace(
                        Channel.DEFAULT_COOLDOWN_SECONDS, Channel.DEFAULT_MAX_PER_MINUTE, List.of("rule_id"), 0, 1800),
                new Channel.Turn(
                        600,
                        List.of(new QuietHours(
                                ZoneId.of("Europe/Berlin"),
                                List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                                LocalTime.of(22, 0),
                                LocalTime.of(7, 30))),
                        "ops-mail"),
                new Channel.Target(
                        "https://hooks.example/peerscope", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", List.of(), null),
                new Channel.Action("failover", true, 60));
    }

    public static OutboxMessage outboxMessage() {
        return new OutboxMessage("m-1", channel(), MessageType.FIRING, NOON, List.of(alert()))
                .with(List.of(new Contributor("peer", "h2", "latency_ms", 41.25)));
    }

    public static Inhibition inhibition() {
        return new Inhibition("host_down", Map.of("rule_id", "host_silent"), Map.of("host", "*"), List.of("host"));
    }

    public static HeldRecord heldRecord() {
        return new HeldRecord("a1f0/2", "a1f0", "ops-hook", "incident", NOON, "relay:r1:1763740800000");
    }

    public static DeliveryRecord deliveryRecord() {
        return new DeliveryRecord(
                "m-1",
                "ops-hook",
                MessageType.FIRING,
                DeliveryRecord.Status.RETRYING,
                2,
                NOON,
                "server_error",
                "answered 502",
                NOON.plusSeconds(4),
                List.of("a1f0"),
                2,
                null);
    }

    public static Problem problem() {
        return Problem.of(
                ErrorCode.BAD_VALUE,
                "2 of 9 samples were refused",
                List.of(
                        Problem.Detail.at(1, ErrorCode.BAD_VALUE, "cpu_usage is 250, not in [0.0, 100.0]"),
                        Problem.Detail.of("sent_at", ErrorCode.BAD_TIMESTAMP, "not a time")));
    }
}
