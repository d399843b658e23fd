package io.peerscope.notify.http;

import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver said.
 *
 * @param retryAfter the header of that name
 * @param body its beginning, of a 429 only
 */
record Answer(int status, @Nullable String retryAfter, String body) {
    private static final int BAD_REQUEST = 400;
    private static final int GONE = 410;
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;

    Delivery judge(Instant now) {
        String detail = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return new Delivery.Sent();
        }
        Optional<Duration> after = RetryAfter.parse(retryAfter, body, now);
        return switch (status) {
            case 401, 403 -> new Delivery.Refused(Cause.AUTH, detail);
            case BAD_REQUEST, TOO_LARGE, UNPROCESSABLE -> new Delivery.Refused(Cause.CLIENT_ERROR, detail, true);
            case GONE -> new Delivery.Refused(Cause.GONE, detail);
            case 429 -> new Delivery.Retry(after, Cause.RATE_LIMITED, detail);
            case 408 -> new Delivery.Retry(after, Cause.TIMEOUT, detail);
            default ->
                status >= 500
                        ? new Delivery.Retry(after, Cause.SERVER_ERROR, detail)
                        : new Delivery.Refused(
                                Cause.CLIENT_ERROR, detail + (status < 400 ? "; redirects are not followed" : ""));
        };
    }
}
