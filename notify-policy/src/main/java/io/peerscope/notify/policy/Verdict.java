package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.MessageType;
import java.util.List;

/** What policy makes of an event for one channel. */
public sealed interface Verdict {
    /** A message is due now. */
    record Send(MessageType type, List<Alert> alerts) implements Verdict {}

    /** No message of its own, for this reason. */
    record Hold(Held why) implements Verdict {}
}
