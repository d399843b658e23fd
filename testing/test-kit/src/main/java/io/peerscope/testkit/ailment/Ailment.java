package io.peerscope.testkit.ailment;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Subject;
import java.time.Duration;
import java.util.List;

/**
 * Something that is wrong with a host, and the shipped rule that says so. Reports come every five seconds.
 *
 * @param rule its id
 * @param about {@code kind}, or {@code kind:label=value}
 * @param severity with which it fires
 * @param patience how long it takes at least
 */
public record Ailment(String rule, String about, Report healthy, Report sick, Severity severity, Duration patience) {

    public static final Duration EVERY = Duration.ofSeconds(5);

    private static final List<Ailment> OF_SHIPPED_RULES =
            """
            host_overload_cpu               | host                 | cpu_usage=40              | cpu_usage=91              | high     | 60
            host_overload_memory            | host                 | memory_usage=60           | memory_usage=86           | high     | 60
            host_overload_players           | host                 | player_count=80           | player_count=101          | high     | 0
            network_degradation_latency     | host                 | latency=40                | latency=201               | critical | 0
            network_degradation_packet_loss | host                 | packet_loss=0.5           | packet_loss=6             | critical | 0
            network_degradation_sync_delay  | host                 | sync_delay=50             | sync_delay=1001           | critical | 0
            link_degradation_latency        | connection:peer=h2   | latency_ms=40             | latency_ms=201            | high     | 60
            link_degradation_packet_loss    | connection:peer=h2   | packet_loss=0.5           | packet_loss=6             | high     | 60
            bandwidth_minimum               | connection:peer=h2   | bandwidth_mbps=50         | bandwidth_mbps=9          | warning  | 300
            cpu_usage                       | host                 | cpu_usage=40              | cpu_usage=85              | warning  | 300
            cpu_usage                       | host                 | cpu_usage=40              | cpu_usage=95              | critical | 300
            memory_usage                    | host                 | memory_usage=60           | memory_usage=80           | warning  | 300
            memory_usage                    | host                 | memory_usage=60           | memory_usage=90           | critical | 300
            network_latency                 | host                 | latency=40                | latency=160               | warning  | 60
            network_latency                 | host                 | latency=40                | latency=220               | critical | 60
            error_rate                      | host                 | error_rate=1              | error_rate=7              | warning  | 300
            error_rate                      | host                 | error_rate=1              | error_rate=12             | critical | 300
            disk_full                       | host                 | disk_usage=40             | disk_usage=93             | warning  | 600
            unusual_latency                 | host                 | latency=40                | latency=95                | warning  | 600
            high_cpu_usage                  | host                 | cpu_usage=40              | cpu_usage=95              | warning  | 0
            high_memory_usage               | host                 | memory_bytes=900000000    | memory_bytes=1073741825   | warning  | 0
            connection_failure_rate         | host                 | connection_failures+0 connection_attempts+1 | connection_failures+1 connection_attempts+1 | critical | 360
            connection_failure_percent      | host                 | connection_failure_rate=2 | connection_failure_rate=51 | critical | 300
            high_connection_failures        | host                 | connection_failures+0     | connection_failures+1     | warning  | 50
            insufficient_peers              | host                 | peers_total=3             | peers_total=1             | critical | 120
            p2p_isolation                   | host                 | active_connections=3      | active_connections=0      | critical | 60
            circuit_breaker_open            | connection:peer=h2   | circuit_breaker_state=0   | circuit_breaker_state=2   | critical | 90
            circuit_breaker_not_closed      | connection:peer=h2   | latency_ms=9 circuit_breaker:closed | latency_ms=9 circuit_breaker:open | critical | 90
            high_latency_p95                | host                 | latency=40                | latency=110               | warning  | 120
            buffered_messages               | host                 | buffered_messages=10      | buffered_messages=1001    | warning  | 60
            link_buffered_messages          | connection:peer=h2   | buffered_messages=10      | buffered_messages=1001    | warning  | 60
            connection_pool                 | host                 | pool_utilization=50       | pool_utilization=91       | warning  | 120
            connection_pool_resource        | resource:resource=db | pool_utilization=50       | pool_utilization=91       | warning  | 120
            connection_pool_share           | host                 | pool_active=5 pool_size=10 | pool_active=10 pool_size=10 | warning | 120
            high_peer_churn                 | host                 | peer_churn_rate=2         | peer_churn_rate=30        | warning  | 300
            unhealthy_peers                 | host                 | peers_unhealthy=0         | peers_unhealthy=1         | warning  | 60
            unhealthy_peer                  | connection:peer=h2   | latency_ms=9 health_status:healthy | latency_ms=9 health_status:unhealthy | warning | 60
            map_not_online                  | map:map=prontera     | player_count=9 map_status:online | player_count=9 map_status:degraded | warning | 60
            map_not_online                  | map:map=prontera     | player_count=9 map_status:online | player_count=0 map_status:offline | high | 60
            game_state_behind               | host                 | player_count=9 sync_status:synced | player_count=9 sync_status:behind | warning | 120
            game_state_behind               | host                 | player_count=9 sync_status:syncing | player_count=9 sync_status:failed | high | 120
            anti_cheat                      | host                 | cheat_detections+0        | cheat_detections+0.1      | warning  | 0
            anti_cheat                      | host                 | cheat_detections+0        | cheat_detections+6        | high     | 0
            suspicious_activity             | host                 | suspicious_activities+0   | suspicious_activities+1   | warning  | 20
            suspicious_activity             | host                 | suspicious_activities+0   | suspicious_activities+20  | high     | 0
            ddos_attack                     | host                 | attack_detections+0       | attack_detections+1       | critical | 0
            ddos_flood                      | host                 | blocked_packets_per_second=3 | blocked_packets_per_second=50000 | high | 30
            authentication_failures         | host                 | authentication_failures+0.1 | authentication_failures+2 | warning | 30
            authentication_failures         | host                 | authentication_failures+0.1 | authentication_failures+120 | high  | 0
            map_slow                        | map:map=prontera     | tick_ms=20                | tick_ms=120               | warning  | 60
            map_slow                        | map:map=prontera     | tick_ms=20                | tick_ms=300               | high     | 60
            map_overload                    | map:map=prontera     | map_load=40               | map_load=120              | warning  | 300
            item_surge                      | map:map=prontera     | item_count+0              | item_count+30             | warning  | 30
            item_surge                      | map:map=prontera     | item_count+0              | item_count+6000           | high     | 0
            unusual_currency_supply         | host                 | currency_supply=40        | currency_supply=9000      | warning  | 600
            unusual_mob_count               | host                 | mob_count=40              | mob_count=400             | warning  | 600
            high_link_churn                 | peers                | peer_churn_rate=1         | peer_churn_rate=30        | warning  | 300
            wrong_clock                     | clock                | clock_error_ms=0          | clock_error_ms=60000      | warning  | 0
            wrong_clock                     | clock                | clock_error_ms=0          | clock_error_ms=7200000    | high     | 0
            cheat_finding                   | security:finding=cheat | security_findings=0     | security_findings=1       | warning  | 0
            cheat_finding                   | security:finding=cheat | security_findings=0     | security_findings=6       | high     | 0
            login_finding                   | security:finding=login | security_findings=0     | security_findings=1       | warning  | 90
            login_finding                   | security:finding=login | security_findings=0     | security_findings=101     | high     | 0
            attack_finding                  | security:finding=attack | security_findings=0    | security_findings=1       | critical | 0
            suspicious_finding              | security:finding=suspicious | security_findings=0 | security_findings=1      | warning  | 15
            suspicious_finding              | security:finding=suspicious | security_findings=0 | security_findings=20     | high     | 0
            """.lines().map(Ailment::parse).toList();

    /** At least one for each shipped rule, and each of its severities that is worth seeing. */
    public static List<Ailment> ofShippedRules() {
        return OF_SHIPPED_RULES;
    }

    private static Ailment parse(String line) {
        String[] cells = line.strip().split(" *\\| *");
        return new Ailment(
                cells[0],
                cells[1],
                Report.of(cells[2]),
                Report.of(cells[3]),
                Severity.of(cells[4]),
                Duration.ofSeconds(Long.parseLong(cells[5])));
    }

    /** Of whom the rule speaks. */
    public Subject of(String host) {
        return subject(host, about);
    }

    /** @param about {@code kind}, or {@code kind:label=value} */
    public static Subject subject(String host, String about) {
        String[] parts = about.split("[:=]");
        return new Subject(host, parts[0], parts.length == 1 ? Labels.none() : Labels.of(parts[1], parts[2]));
    }

    @Override
    public String toString() {
        return rule + " " + severity.word();
    }
}
