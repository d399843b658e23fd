package io.peerscope.ingest.admission;

import java.util.List;

/**
 * What a request says, in our own terms: one draft for each host it has data of.
 *
 * @param items how many things were sent, as its format counts them: samples, lines, data points
 * @param faults items that the decoder had to leave out, for example because nothing says of which host they are
 */
public record Decoded(List<Draft> drafts, int items, Faults faults) {
    /** One batch of one host, all of it readable; where the format counts samples. */
    public static Decoded of(Draft draft) {
        return new Decoded(List.of(draft), draft.samples(), new Faults());
    }
}
