package io.peerscope.ingest.remotewrite;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.intake.Reply;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * The intake's replies as senders of remote write want them: 204 or a reason in plain text; in 2.0 also what was written.
 * A sender tries 5xx again and nothing else.
 */
final class RemoteWriteAnswer {
    private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";
    private static final String SAMPLES = WRITTEN.formatted("Samples");
    private static final String HISTOGRAMS = WRITTEN.formatted("Histograms");
    private static final String EXEMPLARS = WRITTEN.formatted("Exemplars");
    /** Senders log the first line, or little more. */
    private static final int REASONS = 10;

    private RemoteWriteAnswer() {}

    /** @param counts whether the sender has been promised numbers: in 2.0, once its message and encoding were accepted */
    static void write(HttpServerResponse response, Reply reply, boolean counts) {
        switch (reply) {
            case Reply.Accepted accepted -> {
                written(response, counts, accepted.items().kept());
                if (accepted.items().rejected() == 0 && accepted.rejected() == 0) {
                    response.setStatusCode(204).end();
                } else {
                    String what = "%d of %d were not kept, the others were; do not send them again"
                            .formatted(
                                    accepted.items().rejected(),
                                    accepted.items().sent());
                    text(response, 400, what, accepted.errors());
                }
            }
            case Reply.Refused refused -> {
                boolean negotiated = refused.code() != ErrorCode.UNSUPPORTED_MEDIA_TYPE;
                written(response, counts && negotiated, 0);
                text(response, refused.code().status(), refused.detail(), refused.errors());
            }
        }
    }

    /** Histograms and exemplars never are. */
    private static void written(HttpServerResponse response, boolean counts, int samples) {
        if (counts) {
            response.putHeader(SAMPLES, Integer.toString(samples));
            response.putHeader(HISTOGRAMS, "0");
            response.putHeader(EXEMPLARS, "0");
        }
    }

    private static void text(HttpServerResponse response, int status, String what, List<Problem.Detail> errors) {
        StringBuilder text = new StringBuilder(what);
        String separator = ": ";
        for (Problem.Detail error : errors.subList(0, Math.min(REASONS, errors.size()))) {
            text.append(separator);
            if (error.index() != null) {
                text.append("sample ").append(error.index()).append(", ");
            }
            if (error.field() != null) {
                text.append(error.field()).append(", ");
            }
            text.append(error.detail());
            separator = "; ";
        }
        text.append(errors.size() > REASONS ? "; …\n" : "\n");
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.end(text.toString());
    }
}
