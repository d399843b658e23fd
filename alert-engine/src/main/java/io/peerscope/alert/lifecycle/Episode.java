package io.peerscope.alert.lifecycle;

import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.point.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What stays the same, or only grows, through the life of one alert. Times are event times, epoch milliseconds.
 *
 * @param startedAt of the first breaching sample, or of the last sample before the silence
 * @param firedAt when the duration was over; 0 while it is not
 * @param sequence number of the last event that was told, 0 before the first
 */
public record Episode(
        String id,
        String host,
        AlertSubject subject,
        long startedAt,
        long firedAt,
        long updatedAt,
        long sequence,
        Told told,
        Marks marks,
        boolean simulated,
        Flaps flaps) {
    private static final int ID_BYTES = 10;

    /** States that were stored before flapping was watched know nothing of it. */
    public Episode {
        flaps = flaps == null ? Flaps.NONE : flaps;
    }

    static Episode begin(String ruleId, Subject subject, long startedAt, String why, boolean simulated, Flaps flaps) {
        return new Episode(
                id(ruleId, subject, startedAt, why),
                subject.host(),
                AlertSubject.of(subject),
                startedAt,
                0,
                startedAt,
                0,
                Told.NOTHING,
                Marks.NONE,
                simulated,
                flaps);
    }

    /** A replay of the same samples makes the same id. */
    private static String id(String ruleId, Subject subject, long startedAt, String why) {
        try {
            String text = ruleId + '\n' + subject.canonical() + '\n' + startedAt + '\n' + why;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    Episode fired(long at) {
        return firedAt > 0 ? this : copy(at, updatedAt, sequence, told, marks, flaps);
    }

    Episode told(Told newTold, long at) {
        return copy(firedAt, Math.max(updatedAt, at), sequence + 1, newTold, marks, flaps);
    }

    Episode marked(Marks newMarks) {
        return copy(firedAt, updatedAt, sequence, told, newMarks, flaps);
    }

    Episode with(Flaps newFlaps) {
        return copy(firedAt, updatedAt, sequence, told, marks, newFlaps);
    }

    private Episode copy(
            long newFiredAt, long newUpdatedAt, long newSequence, Told newTold, Marks newMarks, Flaps newFlaps) {
        return new Episode(
                id,
                host,
                subject,
                startedAt,
                newFiredAt,
                newUpdatedAt,
                newSequence,
                newTold,
                newMarks,
                simulated,
                newFlaps);
    }
}
