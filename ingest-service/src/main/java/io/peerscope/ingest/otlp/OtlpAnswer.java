package io.peerscope.ingest.otlp;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.intake.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The intake's replies as OTLP words them, in the encoding of the request. Data points that are refused one by one are a
 * partial success, even if they are all there were: their sender must not send them again, and 200 tells him so.
 */
final class OtlpAnswer {
    private static final int DESCRIBED = 5;

    /** Names as the protocol has them, not as our own JSON has. */
    private record Partial(
            @JsonProperty("rejectedDataPoints") String rejectedDataPoints,
            @JsonProperty("errorMessage") String errorMessage) {}

    private final HttpServerResponse response;
    private final boolean protobuf;
    private final String type;

    /** @param requested the media type of the request, which has a second name where it is protobuf */
    OtlpAnswer(HttpServerResponse response, boolean protobuf, String requested) {
        this.response = response;
        this.protobuf = protobuf;
        this.type = protobuf ? requested : "application/json";
    }

    void write(Reply reply) {
        switch (reply) {
            case Reply.Accepted accepted -> success(accepted.items(), accepted.errors());
            case Reply.Refused refused -> {
                if (refused.code().status() == 400 && refused.items().rejected() > 0) {
                    success(refused.items(), refused.errors());
                } else {
                    refuse(refused);
                }
            }
        }
    }

    private void success(Reply.Items items, List<Problem.Detail> errors) {
        if (items.rejected() == 0) {
            end(200, protobuf ? new byte[0] : Json.encode(Map.of()));
            return;
        }
        String message = message(errors);
        end(200, protobuf ? partial(items, message) : partialJson(items, message));
    }

    private static byte[] partial(Reply.Items items, String message) {
        return ExportMetricsServiceResponse.newBuilder()
                .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                        .setRejectedDataPoints(items.rejected())
                        .setErrorMessage(message))
                .build()
                .toByteArray();
    }

    private static byte[] partialJson(Reply.Items items, String message) {
        return Json.encode(Map.of("partialSuccess", new Partial(Integer.toString(items.rejected()), message)));
    }

    private static String message(List<Problem.Detail> errors) {
        String first = errors.stream()
                .limit(DESCRIBED)
                .map(error ->
                        error.index() == null ? error.detail() : "data point " + error.index() + ": " + error.detail())
                .collect(Collectors.joining("; "));
        return errors.size() > DESCRIBED ? first + "; and more" : first;
    }

    private void refuse(Reply.Refused reply) {
        int status = reply.code().status();
        if (reply.code() == ErrorCode.INTERNAL) {
            // 500 would make the sender drop what may well be taken when it comes again
            status = 503;
            response.putHeader(HttpHeaders.RETRY_AFTER, "2");
        }
        RpcStatus answer = RpcStatus.of(status, reply.detail());
        end(status, protobuf ? answer.protobuf() : answer.json());
    }

    private void end(int status, byte[] body) {
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type).end(Buffer.buffer(body));
    }
}
