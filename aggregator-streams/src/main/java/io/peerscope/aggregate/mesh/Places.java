package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.point.Labels;

/** Where a host is, by the labels that people use for it. */
final class Places {
    private Places() {}

    static String of(Labels labels) {
        String region = labels.get("region");
        return region.isEmpty() ? labels.get("site") : region;
    }
}
