package io.peerscope.aggregate.live;

import io.peerscope.aggregate.network.NetworkTotals;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one host now. Values are the newest by event time, so that what a host catches up on after an outage
 * never overwrites what is newer. Whether it is silent is judged by when it was heard, on a {@link io.peerscope.aggregate.PatientClock}.
 */
public final class LiveHost {
    private static final double STRAINED_PERCENT = 90;
    private static final double STRAINED_ERRORS_PERCENT = 5;

    private final Supplier<LiveConfig> config;
    private final String host;
    private final long firstSeen;
    private final ReportInterval interval;
    private final LatestValues fields;
    private final LiveMaps maps;
    private final LiveLinks links;
    private final LiveParts parts;
    private HostStatus status;
    private long lastSeen;
    private Newest newest = Newest.NONE;
    private boolean simulated;
    private Labels labels = Labels.none();
    private long labelsAt = Long.MIN_VALUE;

    /** On the patient clock; 0, the task's start, for a host that was not heard of since. */
    private long heardAt;

    private long emittedAt = Long.MIN_VALUE;

    /** A host that was never heard of before. */
    public LiveHost(Supplier<LiveConfig> config, String host, long firstSeen) {
        this(config, host, firstSeen, HostStatus.UP, firstSeen, 0);
    }

    LiveHost(
            Supplier<LiveConfig> config,
            String host,
            long firstSeen,
            HostStatus status,
            long lastSeen,
            double intervalMillis) {
        this.config = config;
        LiveConfig bounds = config.get();
        this.host = host;
        this.firstSeen = firstSeen;
        this.status = status;
        this.lastSeen = lastSeen;
        this.interval = new ReportInterval(intervalMillis);
        this.fields = new LatestValues(bounds.maxFields());
        this.maps = new LiveMaps(bounds);
        this.links = new LiveLinks(bounds.maxLinks());
        this.parts = new LiveParts(bounds.maxFields());
    }

    /**
     * Takes in a record.
     *
     * @param receivedAt by ingest's clock
     * @param patientNow {@link io.peerscope.aggregate.PatientClock#elapsed()}
     * @return how many fields, maps, links and parts there was no room for
     */
    public int hear(PointBatch batch, long receivedAt, long patientNow) {
        interval.observe(receivedAt - lastSeen);
        lastSeen = Math.max(lastSeen, receivedAt);
        heardAt = patientNow;
        status = HostStatus.UP;
        simulated = batch.simulated();
        newest = newest.or(batch);
        return observe(batch.points());
    }

    int observe(List<Point> points) {
        int refused = 0;
        for (Point point : points) {
            switch (point.subject().kind()) {
                case Subject.HOST -> {
                    label(point);
                    boolean aPart = LiveParts.isCountedBy(point.subject());
                    refused += aPart ? parts.observe(point, lastSeen) : 0;
                    if (!aPart || point.subject().labels().equals(labels)) {
                        refused += fields.update(point.shape(), point.timestamp(), point.values());
                    }
                }
                case Subject.MAP -> refused += maps.observe(point, lastSeen);
                case Subject.CONNECTION -> refused += links.observe(point, lastSeen);
                case Subject.RESOURCE, Subject.PROTOCOL -> refused += parts.observe(point, lastSeen);
                default -> {}
            }
        }
        return refused;
    }

    /** A host that is measured in parts (cpu=0, cpu=1 …) is labelled by what has the fewest labels. */
    private void label(Point point) {
        Labels candidate = point.subject().labels();
        boolean newer = point.timestamp() >= labelsAt;
        boolean stale = point.timestamp() - LiveConfig.FRESH_MILLIS > labelsAt;
        if (labelsAt == Long.MIN_VALUE || stale || (newer && candidate.size() <= labels.size())) {
            labels = candidate;
            labelsAt = point.timestamp();
        }
    }

    /** What silence makes of the host. */
    public Verdict judge(long patientNow, long wallClock) {
        long silence = wallClock - lastSeen;
        return switch (status) {
            case UP, DEGRADED -> patientNow - heardAt > silenceLimit() ? become(HostStatus.SILENT) : Verdict.SAME;
            case SILENT -> silence > config.get().leftAfter().toMillis() ? become(HostStatus.LEFT) : Verdict.SAME;
            case LEFT -> silence > config.get().forgottenAfter().toMillis() ? Verdict.FORGOTTEN : Verdict.SAME;
        };
    }

    /** What became of a host by being silent. */
    public enum Verdict {
        SAME,
        CHANGED,
        FORGOTTEN
    }

    private Verdict become(HostStatus next) {
        status = next;
        return Verdict.CHANGED;
    }

    private long silenceLimit() {
        LiveConfig now = config.get();
        return (long) (now.silenceFactor() * interval.expected())
                + now.silenceGrace().toMillis();
    }

    /** Whether a second has passed since it was last shown; also after the clock was set back. */
    public boolean mayEmit(long wallClock) {
        return wallClock - emittedAt >= 1000 || wallClock < emittedAt || emittedAt == Long.MIN_VALUE;
    }

    /** To be shown now. */
    public HostLive emit(long wallClock) {
        emittedAt = wallClock;
        maps.dropStale(wallClock);
        links.dropStale(wallClock);
        parts.dropStale(wallClock);
        LinksLive ofLinks = links.totals(wallClock).view();
        Map<String, Double> shown = fields.asMap();
        addTraffic("bandwidth_in_bytes_per_second", ofLinks.inBytesPerSecond(), shown);
        addTraffic("bandwidth_out_bytes_per_second", ofLinks.outBytesPerSecond(), shown);
        return new HostLive(
                host,
                status,
                Instant.ofEpochMilli(firstSeen),
                Instant.ofEpochMilli(lastSeen),
                newest.known() ? Instant.ofEpochMilli(newest.time()) : null,
                newest.skew(),
                labels.asMap(),
                shown,
                maps.view(wallClock),
                ofLinks,
                parts.view(labels),
                simulated);
    }

    /** What the host says itself holds. */
    private static void addTraffic(String field, @Nullable Double perSecond, Map<String, Double> shown) {
        if (perSecond != null) {
            shown.putIfAbsent(field, perSecond);
        }
    }

    /** Its share in the network. A host that is not up adds nothing but its silence. */
    public void addTo(NetworkTotals.Sum sum, long wallClock) {
        if (status == HostStatus.SILENT) {
            sum.silentHost();
        }
        if (status != HostStatus.UP) {
            return;
        }
        long since = wallClock - Math.max(LiveConfig.FRESH_MILLIS, silenceLimit());
        sum.host(strained(since));
        LiveMaps.Totals ofMaps = maps.totals(wallClock);
        sum.maps(ofMaps.placed, ofMaps.p2pHosted, ofMaps.vpsHosted);
        OptionalDouble players = fields.get("player_count", since);
        if (players.isPresent()) {
            sum.players(players.getAsDouble());
        } else if (ofMaps.withPlayers > 0) {
            sum.players(ofMaps.players);
        }
        LiveLinks.Totals ofLinks = links.totals(wallClock);
        sum.links(ofLinks.fresh, ofLinks.impaired, ofLinks.withLatency, ofLinks.latencySum);
        fields.get("latency", since).ifPresent(sum::hostLatency);
    }

    private boolean strained(long since) {
        return fields.get("cpu_usage", since).orElse(0) >= STRAINED_PERCENT
                || fields.get("memory_usage", since).orElse(0) >= STRAINED_PERCENT
                || fields.get("error_rate", since).orElse(0) >= STRAINED_ERRORS_PERCENT;
    }

    /** Whether the demo made it up. */
    public boolean simulated() {
        return simulated;
    }

    String host() {
        return host;
    }

    HostStatus status() {
        return status;
    }

    long firstSeen() {
        return firstSeen;
    }

    double intervalMillis() {
        return interval.observed();
    }

    /** What ingest adds to its timestamps, milliseconds; 0 while its clock is right. */
    long clockSkew() {
        return newest.skew();
    }

    Newest newest() {
        return newest;
    }

    /** Points that would make this state again. */
    PointBatch remembered() {
        List<Point> points = new ArrayList<>();
        Subject subject = new Subject(host, Subject.HOST, labels);
        if (labelsAt != Long.MIN_VALUE) {
            points.add(Point.of(subject, labelsAt, Map.of()));
        }
        fields.byTime().forEach((time, values) -> points.add(Point.of(subject, time, values)));
        points.addAll(maps.points());
        points.addAll(links.points());
        points.addAll(parts.points());
        return new PointBatch(host, "", 0, lastSeen, "", 0, simulated, points);
    }

    void recall(PointBatch batch, Newest known) {
        simulated = batch.simulated();
        newest = known;
        observe(batch.points());
    }
}
