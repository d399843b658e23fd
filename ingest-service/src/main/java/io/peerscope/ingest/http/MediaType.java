package io.peerscope.ingest.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a {@code Content-Type} says. */
public final class MediaType {
    private MediaType() {}

    /** Whether it is JSON in UTF-8, which is also what a sender means who says nothing. */
    public static boolean isJson(@Nullable String header) {
        if (header == null) {
            return true;
        }
        String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals("application/json")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }

    /** Without parameters, in small letters; "" where nothing is said. */
    public static String bare(@Nullable String header) {
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Whether it is protobuf; which message, nobody is asked. */
    public static boolean isProtobuf(@Nullable String header) {
        String type = bare(header);
        return type.equals("application/x-protobuf") || type.equals("application/protobuf");
    }
}
