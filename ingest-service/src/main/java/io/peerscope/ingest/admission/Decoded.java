package io.peerscope.ingest.admission;

import java.util.List;

/**
 * What a request says, in our own terms: one draft for each host it has data of.
 *
 * @param items how many things were sent, as its format counts them: samples, lines, data points
 * @param faults items that the decoder had to leave out, for example because nothing says of which host they are
 */
public record Decoded(List<Draft> drafts, int items, Faults faults) {
    /** Bytes of heap, from draft to record. */
    private static final long POINT = 200;

    private static final long SAMPLE = 24;

    /** What it would be in ours, right or wrong. */
    public int samples() {
        int samples = faults.rejected();
        for (Draft draft : drafts) {
            samples += draft.samples();
        }
        return samples;
    }

    /** About how many bytes of heap it takes. */
    public long weight() {
        long weight = 0;
        for (Draft draft : drafts) {
            weight += POINT * draft.points().size() + SAMPLE * draft.samples();
        }
        return weight;
    }

    /** One batch of one host, all of it readable; where the format counts samples. */
    public static Decoded of(Draft draft) {
        return new Decoded(List.of(draft), draft.samples(), new Faults());
    }
}
