package io.peerscope.endtoend;

import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.client.MonitorClient;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import java.net.URI;

/**
 * Where a story goes in and looks: one port for everything, or ingest's and the gateway's.
 *
 * @param ingest writes for any host
 * @param gateway where the live socket is
 */
record Doors(Api ingest, Api viewer, Api operator, Api admin, URI gateway, String viewerToken, Database database) {

    static Doors of(PeerscopeProcess peerscope) {
        return new Doors(
                peerscope.api("fleet"),
                peerscope.api("viewer"),
                peerscope.api("operator"),
                peerscope.api("admin"),
                peerscope.address(),
                peerscope.tokens().of("viewer"),
                peerscope.database());
    }

    static Doors of(SixProcesses six) {
        return new Doors(
                six.api(Service.INGEST, "fleet"),
                six.api(Service.GATEWAY, "viewer"),
                six.api(Service.GATEWAY, "operator"),
                six.api(Service.GATEWAY, "admin"),
                six.address(Service.GATEWAY),
                six.tokens().of("viewer"),
                six.database());
    }

    MonitorClient monitor() {
        return MonitorClient.open(gateway, viewerToken);
    }
}
