package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules by which Prometheus watches Peerscope. */
class PrometheusRulesTest {
    private static final Path ROOT = SourceTree.root();
    private static final Path RULES = ROOT.resolve("deploy/prometheus/rules/suite.yaml");

    @Test
    void promtoolTakesThem() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
                "promtool is not installed");
        for (List<String> command : List.of(
                List.of("promtool", "check", "rules", RULES.toString()),
                List.of(
                        "promtool",
                        "check",
                        "config",
                        ROOT.resolve("deploy/prometheus/prometheus.yaml").toString()))) {
            Process promtool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(promtool.waitFor()).as(said).isZero();
        }
    }

    @Test
    void eachSaysWhatToDo() {
        Set<String> headings = Node.text(ROOT.resolve("docs/troubleshooting.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> "docs/troubleshooting.md#" + anchor(line.substring(3)))
                .collect(Collectors.toSet());
        List<Node> rules =
                Node.documents(RULES).getFirst().at("groups/0/rules").elements().toList();
        assertThat(rules).hasSizeGreaterThan(10).allSatisfy(rule -> {
            String runbook = rule.at("annotations/runbook").text();
            assertThat(rule.get("alert").text()).startsWith("Peerscope");
            assertThat(rule.at("labels/severity").text()).isIn("warning", "critical");
            assertThat(rule.at("annotations/summary").text()).isNotEmpty();
            assertThat(runbook.contains("#") ? headings.contains(runbook) : Files.exists(ROOT.resolve(runbook)))
                    .as(runbook)
                    .isTrue();
        });
    }

    @Test
    void everyServiceIsScraped() {
        List<String> targets = Node.documents(ROOT.resolve("deploy/prometheus/prometheus.yaml"))
                .getFirst()
                .at("scrape_configs/0/static_configs/0/targets")
                .texts();
        assertThat(targets.stream().map(target -> target.split(":")[0]))
                .containsExactlyInAnyOrderElementsOf(KnownSettings.services());
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
