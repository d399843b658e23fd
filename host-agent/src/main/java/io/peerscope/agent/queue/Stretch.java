package io.peerscope.agent.queue;

import io.peerscope.agent.report.Report;
import java.util.List;

/**
 * Reports of one run that follow one another, read from the log.
 *
 * @param batch run and numbers: a name that never stands for other reports
 * @param span what was read, with what could not be read any more
 */
record Stretch(String batch, Span span, List<Report> reports) {}
