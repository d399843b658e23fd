package io.peerscope.standalone;

import io.peerscope.simulator.wiring.Demo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until every service says it is ready, then starts what sends metrics and tells where the dashboard is. */
record Readiness(
        URI address,
        Options options,
        Path data,
        CredentialFiles credentials,
        Distribution distribution,
        Terminal terminal) {
    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final Duration SAY_EVERY = Duration.ofSeconds(5);

    void announce(String oneTimeCode, Infrastructure infrastructure) {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            awaitReady(http);
            if (options.agent()) {
                Companions agent = Companions.startAgent(address, credentials, distribution, data.resolve("logs"));
                Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "agent-stop"));
                terminal.step("measuring this machine as host " + Companions.hostName());
            }
            if (options.demoHosts().isPresent()) {
                int hosts = options.demoHosts().getAsInt();
                Demo demo = Demo.start(address, credentials.file("fleet"), hosts);
                Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-stop"));
                terminal.step("simulating a network of " + hosts + " hosts");
            }
            terminal.line("");
            terminal.line("  Dashboard   " + address + "/login#once=" + oneTimeCode);
            terminal.line("              (signs you in as admin, once; later: " + address + ")");
            terminal.line("  Tokens      " + credentials.folder());
            terminal.line("  Kafka       " + infrastructure.kafka().bootstrapServers());
            terminal.line("  PostgreSQL  " + infrastructure.postgres().jdbcUrl());
            terminal.line("  Logs        " + data.resolve("logs"));
            terminal.line("  Stop        Ctrl-C" + (options.ephemeral() ? "; the data is thrown away" : ""));
            terminal.line("");
        } catch (IOException e) {
            terminal.line("Started, but: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(HttpClient http) throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(address.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(3))
                .build();
        long asked = System.nanoTime();
        while (!ready(http, question)) {
            if (System.nanoTime() - asked > SAY_EVERY.toNanos()) {
                terminal.step("still starting; what is missing: " + address.resolve("/q/health/ready"));
                asked = System.nanoTime();
            }
            LockSupport.parkNanos(ASK_EVERY.toNanos());
        }
        terminal.step("ready");
    }

    private static boolean ready(HttpClient http, HttpRequest question) throws InterruptedException {
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
