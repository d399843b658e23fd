package io.peerscope.agent.wiring;

import io.peerscope.agent.collect.OshiReadings;
import io.peerscope.agent.config.AgentConfig;
import io.peerscope.agent.queue.Lane;
import io.peerscope.agent.queue.Parcel;
import io.peerscope.agent.queue.ParcelLimits;
import io.peerscope.agent.queue.ReportQueue;
import io.peerscope.agent.report.Report;
import io.peerscope.agent.send.Answer;
import io.peerscope.agent.send.IngestDoor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code --check}: one report, shown and handed in. */
final class Check {
    /** Enough for a share of processor time and for a few probes. */
    private static final long MEASURE_SECONDS = 3;

    private final AgentConfig config;
    private final PrintStream out;

    Check(AgentConfig config, PrintStream out) {
        this.config = config;
        this.out = out;
    }

    /** @return whether everything works */
    boolean passes() throws IOException, InterruptedException {
        AgentLog log = new AgentLog(config);
        config.dataDir()
                .ifPresent(folder -> out.println("data folder: " + folder
                        + (Files.isWritable(folder)
                                ? ""
                                : " (not there or not writable now; the agent makes it when it starts)")));
        Clock clock = Clock.systemUTC();
        try (Probing probing = Probing.start(config, config.probes().asking(), log);
                ReportQueue queue = ReportQueue.inMemory(1 << 20, new SecureRandom(), log);
                IngestDoor door = new IngestDoor(config.server(), config.tokenFile(), config.host(), clock)) {
            OshiReadings readings = new OshiReadings(config.selection(), clock, System::nanoTime);
            Measuring measuring = new Measuring(readings, config.selection(), config.labels(), probing::points, queue);
            boolean unused = new CountDownLatch(1).await(MEASURE_SECONDS, TimeUnit.SECONDS);
            Optional<Report> report = measuring.next();
            if (report.isEmpty()) {
                out.println("Nothing is measured; let groups.include and fields.include name something.");
                return false;
            }
            out.println("host %s would report, %d point(s):"
                    .formatted(config.host(), report.get().points()));
            out.println(report.get().json().replace("},{\"kind\"", "},\n{\"kind\""));
            queue.add(report.get());
            Parcel parcel = queue.next(Lane.LIVE, new ParcelLimits(1, 1)).orElseThrow();
            return told(door.post(parcel));
        }
    }

    private boolean told(Answer answer) {
        String verdict =
                switch (answer) {
                    case Answer.Taken() -> "accepts it";
                    case Answer.TakenInPart(String detail) -> "accepts some of it: " + detail;
                    case Answer.TooMuch(String detail) -> "refuses it: " + detail;
                    case Answer.Refused(String detail) -> "refuses it: " + detail;
                    case Answer.Denied(String detail) ->
                        "does not accept the token (%s); put a token of host %s into %s, which an admin makes with POST /api/v1/hosts"
                                .formatted(detail, config.host(), config.tokenFile());
                    case Answer.Later(String detail, var retryAfter) ->
                        "does not answer as it should (%s); see whether it runs and whether url is right"
                                .formatted(detail);
                };
        out.println(config.server() + " " + verdict);
        return answer instanceof Answer.Taken;
    }
}
