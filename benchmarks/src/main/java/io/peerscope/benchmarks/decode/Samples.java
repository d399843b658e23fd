package io.peerscope.benchmarks.decode;

import io.peerscope.benchmarks.body.Bodies;
import io.peerscope.benchmarks.body.Body;
import io.peerscope.benchmarks.body.BodyRequest;
import io.peerscope.benchmarks.body.Fleet;
import java.util.Arrays;
import java.util.List;

/** The bodies that the load run sends, a thousand samples each. */
final class Samples {
    static final int COUNT = 1000;
    private static final Fleet FLEET = new Fleet(50, 20, 1);
    private static final long SOME_TIME = 1_763_687_000_000L;

    private static final Bodies BODIES = new Bodies(FLEET);

    private Samples() {}

    static byte[] writeRequest() {
        return bytes(BODIES.writeRequest(FLEET.hostNames()));
    }

    static byte[] line() {
        return bytes(BODIES.line(FLEET.hostNames()));
    }

    static byte[] json() {
        return bytes(BODIES.json(host(), COUNT / FLEET.metrics()));
    }

    static byte[] proto() {
        return bytes(BODIES.proto(host(), COUNT / FLEET.metrics()));
    }

    private static String host() {
        List<String> hosts = FLEET.hostNames();
        return hosts.getFirst();
    }

    private static byte[] bytes(Body body) {
        byte[] request = new BodyRequest("", body).stamped(1, SOME_TIME);
        return Arrays.copyOfRange(request, request.length - body.size(), request.length);
    }
}
