package io.peerscope.ingest.wiring;

import java.time.InstantSource;

final class Clocks {
    InstantSource clock() {
        return InstantSource.system();
    }
}
