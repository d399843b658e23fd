package io.peerscope.alert.rehearsal;

import io.peerscope.alert.Rules;
import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many points of 10 000 hosts does one core rehearse, by kinds of rules? A program, not a test: ten minutes of points every
 * five seconds, one in a hundred hosts bad for two of them; reading them from the database is left out. A group's rule is judged
 * as it is live, counted each second and added up, so its figure is that of the live evaluation, too.
 */
final class RehearsalSpeed {
    private static final int HOSTS = 10_000;
    private static final int SECONDS = 600;
    private static final int INTERVAL = 5;
    private static final List<Rule> RULES = List.of(
            Rules.rule("'id':'limit','metric':'cpu_usage','warning':80,'duration':60"),
            Rules.rule("'id':'window','metric':'cpu_usage','over':'2m','aggregate':'p95','warning':80"),
            Rules.rule("'id':'group','group':{'of':'share','when':{'metric':'cpu_usage','limit':80},'min_subjects':20},"
                    + "'warning':0.005,'duration':10"),
            Rules.rule("'id':'by_host','group':{'of':'count','when':{'metric':'cpu_usage','limit':80},'by':'host'},"
                    + "'operator':'>=','warning':1"));

    private RehearsalSpeed() {}

    public static void main(String[] args) {
        List<Subject> hosts = IntStream.range(0, HOSTS)
                .mapToObj(i -> new Subject("host-" + i, Subject.HOST, Labels.none()))
                .toList();
        for (Rule rule : RULES) {
            rehearse(rule, hosts);
            System.out.println(rehearse(rule, hosts));
        }
    }

    private static String rehearse(Rule rule, List<Subject> hosts) {
        long from = 1_000_000_000L;
        Rehearsal rehearsal = new Rehearsal(rule, List.of(), EvaluationConfig.defaults(), from);
        long begin = System.nanoTime();
        for (int second = 0; second < SECONDS; second += INTERVAL) {
            for (int host = 0; host < HOSTS; host++) {
                boolean bad = host % 100 == 0 && second >= 240 && second < 360;
                rehearsal.point(
                        Point.of(hosts.get(host), from + second * 1_000L, Map.of("cpu_usage", bad ? 90.0 : 50.0)));
            }
        }
        Rehearsal.Outcome outcome = rehearsal.finish(from + SECONDS * 1_000L);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long points = (long) HOSTS * SECONDS / INTERVAL;
        return "%s: %d points in %.2f s, %.0f a second, %d events"
                .formatted(
                        rule.id(),
                        points,
                        seconds,
                        points / seconds,
                        outcome.events().size());
    }
}
