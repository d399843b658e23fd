package io.peerscope.cli.command;

import io.peerscope.cli.check.Doctor;
import io.peerscope.cli.kafka.KafkaHealth;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Report;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "doctor", description = "Looks at everything and changes nothing: is Peerscope well?")
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private final Connection connection = new Connection();

    @Mixin
    private final KafkaConnection kafka = new KafkaConnection();

    @Option(
            names = "--service",
            paramLabel = "NAME=URL",
            description = "A service that runs apart, such as ingest=http://10.0.0.5:8081; may be repeated")
    private List<String> services = List.of();

    private final InstantSource clock;

    DoctorCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Console console = connection.console();
        Report report = new Report("doctor", console);
        Map<String, URI> apart = new LinkedHashMap<>();
        services.stream().map(Doctor::service).forEach(one -> apart.put(one.getKey(), one.getValue()));
        new Doctor(connection.server(), apart, clock, connection.patience(console)).examine(report);
        kafka.clients().ifPresent(clients -> {
            try (KafkaHealth health = new KafkaHealth(clients)) {
                health.examine(report);
            }
        });
        return report.end().number();
    }
}
