package io.peerscope.query.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;

/** An account: what a host's samples are booked under, by the UTC day on which we received them. */
public record HostDay(String host, LocalDate day) implements Comparable<HostDay> {
    private static final Comparator<HostDay> ORDER =
            Comparator.comparing(HostDay::host).thenComparing(HostDay::day);

    /** @param receivedAt epoch milliseconds */
    public static HostDay of(String host, long receivedAt) {
        return new HostDay(host, LocalDate.ofInstant(Instant.ofEpochMilli(receivedAt), ZoneOffset.UTC));
    }

    @Override
    public int compareTo(HostDay other) {
        return ORDER.compare(this, other);
    }
}
