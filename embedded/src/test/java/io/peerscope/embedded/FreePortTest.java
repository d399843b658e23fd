package io.peerscope.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void aPortOfChoiceIsTakenAsItIs() {
        int port = FreePort.any();
        assertThat(FreePort.claim(port, "the dashboard", "--port")).isEqualTo(port);
    }

    @Test
    void noChoiceMeansAFreeOneThatNoOutgoingConnectionCanTake() {
        assertThat(FreePort.claim(0, "the dashboard", "--port")).isBetween(1024, 32_767);
    }

    @Test
    void aTakenPortIsNamedTogetherWithTheWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> FreePort.claim(taken.getLocalPort(), "the dashboard", "--port"))
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("the dashboard")
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void whatIsNoPortIsRefused() {
        assertThatThrownBy(() -> FreePort.claim(70_000, "the dashboard", "--port"))
                .hasMessageContaining("70000");
    }
}
