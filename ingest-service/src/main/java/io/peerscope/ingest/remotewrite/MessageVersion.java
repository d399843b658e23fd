package io.peerscope.ingest.remotewrite;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The message that a {@code Content-Type} names; nothing else tells the two apart. */
enum MessageVersion {
    V1,
    V2;

    /** Who says nothing means 1.0, as Prometheus has it. Empty for what is no remote write. */
    static Optional<MessageVersion> of(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return Optional.of(V1);
        }
        String[] parts = contentType.split(";", -1);
        if (!parts[0].strip().toLowerCase(Locale.ROOT).equals("application/x-protobuf")) {
            return Optional.empty();
        }
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].strip().split("=", 2);
            if (parameter[0].strip().toLowerCase(Locale.ROOT).equals("proto")) {
                return named(parameter.length == 2 ? parameter[1].strip().replace("\"", "") : "");
            }
        }
        return Optional.of(V1);
    }

    private static Optional<MessageVersion> named(String message) {
        return switch (message) {
            case "prometheus.WriteRequest" -> Optional.of(V1);
            case "io.prometheus.write.v2.Request" -> Optional.of(V2);
            default -> Optional.empty();
        };
    }
}
