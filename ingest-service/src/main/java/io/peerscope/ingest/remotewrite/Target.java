package io.peerscope.ingest.remotewrite;

import java.util.List;

/**
 * Who a series is about: what becomes a subject.
 *
 * @param labels name, value, name, value … ascending by name; immutable, and the same object for all series of a target as
 *     far as possible
 * @param hash of all the rest; nobody outside can choose it
 */
record Target(String host, String kind, List<String> labels, long hash) {
    /** {@link #equals} for targets that mostly are the same object, or differ in their hashes. */
    boolean same(Target other) {
        return this == other || hash == other.hash && equals(other);
    }
}
