package io.peerscope.agent.wiring;

import io.peerscope.agent.config.AgentConfig;
import io.peerscope.agent.queue.QueueListener;
import io.peerscope.agent.send.Standing;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the agent has to say: a line when something changes, nothing while all is well. */
final class AgentLog implements Standing.Listener, QueueListener {
    private static final System.Logger LOG = System.getLogger("host-agent");
    /** A complaint is repeated when so many others have come up since. */
    private static final int REMEMBERED = 100;

    private final AgentConfig config;
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();
    private volatile boolean catchingUp;
    private volatile boolean dropping;

    AgentLog(AgentConfig config) {
        this.config = config;
    }

    void started(long waiting) {
        LOG.log(
                Level.INFO,
                "{0} reports to {1} every {2} s; {3}",
                config.host(),
                config.server(),
                config.interval().toSeconds(),
                config.dataDir()
                        .map(folder -> "reports wait in %s, %d do now".formatted(folder, waiting))
                        .orElse("reports wait in memory while it is away; data-dir would let them outlive a restart"));
        catchingUp = waiting > 1;
    }

    @Override
    public void changed(Standing before, Standing now, String detail) {
        switch (now) {
            case NEW -> {}
            case TAKEN -> {
                boolean first = before == Standing.NEW;
                LOG.log(Level.INFO, "{0} takes the reports{1}", config.server(), first ? "" : " again");
                catchingUp |= !first;
            }
            case AWAY ->
                LOG.log(
                        Level.WARNING,
                        "{0} does not take reports ({1}); keeping them. If this lasts, see whether it runs and whether "
                                + "url is right",
                        config.server(),
                        detail);
            case DENIED ->
                LOG.log(
                        Level.ERROR,
                        "{0} does not accept the token ({1}). Put a token of host {2} into {3}; "
                                + "an admin makes one with POST /api/v1/hosts. Trying again once a minute",
                        config.server(),
                        detail,
                        config.host(),
                        config.tokenFile());
            case REFUSED ->
                LOG.log(
                        Level.ERROR,
                        "{0} refuses some of what is sent, which is lost: {1}. Too old means that the server keeps "
                                + "raw points for a shorter time than it was away; anything else is worth a bug report",
                        config.server(),
                        detail);
            case FAULTY ->
                LOG.log(
                        Level.ERROR,
                        "The reports cannot be handed in ({0}), which is worth a bug report; keeping them and trying"
                                + " on",
                        detail);
        }
    }

    /** Says when all that waited has been taken. */
    void progress(long waiting, long dropped) {
        if (catchingUp && waiting <= 1) {
            catchingUp = false;
            dropping = false;
            LOG.log(Level.INFO, "The server has all that waited; dropped since the start: {0}", dropped);
        }
    }

    @Override
    public void dropped(long reports) {
        if (!dropping) {
            dropping = true;
            LOG.log(
                    Level.WARNING,
                    "More reports wait than may be kept, so the oldest are dropped ({0} now); {1}",
                    reports,
                    config.dataDir().isPresent()
                            ? "raise buffer.max-mib, or bring the server back"
                            : "give a data-dir to keep days of them, or bring the server back");
        }
    }

    @Override
    public void unwritable(Path folder, IOException cause) {
        complain("%s cannot be written (%s); the newest reports are kept in memory. Free some space, or see who owns it"
                .formatted(folder, cause));
    }

    @Override
    public void unreadable(Path file, String damage) {
        complain("%s: %s; what can be read of it will be sent".formatted(file, damage));
    }

    /** Once for each text. */
    void complain(String text) {
        if (complaints.size() >= REMEMBERED) {
            complaints.clear();
        }
        if (complaints.add(text)) {
            LOG.log(Level.WARNING, text);
        }
    }

    void unmeasured(RuntimeException cause) {
        if (complaints.add("unmeasured " + cause)) {
            LOG.log(
                    Level.ERROR,
                    "Something cannot be measured; if it stays so, leave its group out (groups.exclude)",
                    cause);
        }
    }
}
