package io.peerscope.agent.wiring;

import io.peerscope.agent.send.Backlog;
import io.peerscope.agent.send.Standing;
import java.lang.System.Logger.Level;

/** What the agent has to say: a line when something changes, nothing while all is well. */
final class AgentLog implements Standing.Listener {
    private static final System.Logger LOG = System.getLogger("host-agent");

    private final AgentOptions options;
    private final Backlog backlog;

    AgentLog(AgentOptions options, Backlog backlog) {
        this.options = options;
        this.backlog = backlog;
    }

    void started() {
        LOG.log(
                Level.INFO,
                "{0} reports to {1} every {2} s",
                options.host(),
                options.server(),
                options.interval().toSeconds());
    }

    @Override
    public void changed(Standing before, Standing now, String detail) {
        switch (now) {
            case NEW -> {}
            case TAKEN -> LOG.log(Level.INFO, taken(before));
            case AWAY ->
                LOG.log(Level.WARNING, "{0} does not take reports ({1}); keeping them", options.server(), detail);
            case DENIED ->
                LOG.log(
                        Level.ERROR,
                        "{0} does not accept the token ({1}). Put a token of host {2} into {3}; "
                                + "an admin makes one with POST /api/v1/hosts. Trying again once a minute",
                        options.server(),
                        detail,
                        options.host(),
                        options.tokenFile());
            case REFUSED ->
                LOG.log(Level.ERROR, "{0} refuses what is sent, which is lost: {1}", options.server(), detail);
        }
    }

    private String taken(Standing before) {
        return switch (before) {
            case NEW -> options.server() + " takes the reports";
            case TAKEN, AWAY, DENIED, REFUSED ->
                options.server() + " takes the reports again; " + backlog.size() + " to catch up with, "
                        + backlog.dropped() + " dropped since the start";
        };
    }
}
