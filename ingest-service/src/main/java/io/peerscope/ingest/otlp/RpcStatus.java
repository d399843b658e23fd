package io.peerscope.ingest.otlp;

import com.google.protobuf.CodedOutputStream;
import io.peerscope.contracts.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code google.rpc.Status}, for 400 with a {@code google.rpc.BadRequest} in it.
 *
 * @param code of gRPC
 */
record RpcStatus(int code, String message, boolean badRequest) {
    private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";
    private static final int INVALID_ARGUMENT = 3;
    private static final int NOT_FOUND = 5;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    static RpcStatus of(int httpStatus, String message) {
        int code =
                switch (httpStatus) {
                    case 401 -> UNAUTHENTICATED;
                    case 403 -> PERMISSION_DENIED;
                    case 404 -> NOT_FOUND;
                    case 405 -> UNIMPLEMENTED;
                    case 413, 429 -> RESOURCE_EXHAUSTED;
                    case 500 -> INTERNAL;
                    case 503 -> UNAVAILABLE;
                    default -> INVALID_ARGUMENT;
                };
        return new RpcStatus(code, message, httpStatus == 400);
    }

    byte[] protobuf() {
        return message(out -> {
            out.writeInt32(1, code);
            out.writeString(2, message);
            if (badRequest) {
                out.writeByteArray(3, message(any -> {
                    any.writeString(1, BAD_REQUEST);
                    any.writeByteArray(2, message(details -> details.writeByteArray(1, message(this::violation))));
                }));
            }
        });
    }

    /** Of a field that has no name: the body as a whole. */
    private void violation(CodedOutputStream out) throws IOException {
        out.writeString(2, message);
    }

    byte[] json() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("code", code);
        status.put("message", message);
        if (badRequest) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("@type", BAD_REQUEST);
            details.put("fieldViolations", List.of(Map.of("description", message)));
            status.put("details", List.of(details));
        }
        return Json.encode(status);
    }

    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
