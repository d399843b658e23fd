package io.peerscope.alert.evaluation;

import io.peerscope.contracts.alert.AlertSubject;
import java.util.Map;

/**
 * What is stored of a subject.
 *
 * @param newest event time of the newest judged value of each field, epoch milliseconds; may lag behind while all rules
 *     are quiet, which is harmless: judging the same values again finds them quiet again
 */
public record SubjectTimes(String host, AlertSubject subject, boolean simulated, Map<String, Long> newest) {}
