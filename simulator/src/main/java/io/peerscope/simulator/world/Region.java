package io.peerscope.simulator.world;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** Where a host stands: decides when its players are awake and how far it is from others. */
enum Region {
    EU(1, 24, 84, 94, 92),
    NA(-6, 28, 0, 90, 90),
    SA(-3, 26, 0, 0, 96),
    ASIA(8, 30, 0, 0, 0);

    private final int utcOffset;
    /** Round trip to a host of the same region and of the later ones in order of declaration, ms; 0 for earlier ones. */
    private final double[] roundTrips;

    Region(int utcOffset, double within, double toNa, double toSa, double toAsia) {
        this.utcOffset = utcOffset;
        this.roundTrips = new double[] {within, toNa, toSa, toAsia};
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Typical round trip in milliseconds. Below the shipped latency limits (P95 of a host: 100), so that only incidents break them. */
    double roundTripTo(Region other) {
        if (this == other) {
            return roundTrips[0];
        }
        return ordinal() < other.ordinal() ? roundTrips[other.ordinal()] : other.roundTrips[ordinal()];
    }

    /** Share of the regular players that are on: 1 at eight in the evening, 0.3 at eight in the morning. */
    double awake(Instant at) {
        double hour = at.atOffset(ZoneOffset.ofHours(utcOffset)).toLocalTime().toSecondOfDay() / 3600.0;
        return 0.65 + 0.35 * Math.cos((hour - 20) / 24 * 2 * Math.PI);
    }
}
