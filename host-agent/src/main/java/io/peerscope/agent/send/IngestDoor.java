package io.peerscope.agent.send;

import io.peerscope.agent.queue.Parcel;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ingest API of a Peerscope server. The token is read anew for each request: it may be rotated. */
public final class IngestDoor implements Door, AutoCloseable {
    private static final Pattern REJECTED = Pattern.compile("\"rejected\"\\s*:\\s*(\\d+)");
    private static final Pattern TOO_OLD = Pattern.compile("\"code\"\\s*:\\s*\"too_old\"");
    private static final Pattern NEWEST = Pattern.compile("\"newest_ms\"\\s*:\\s*(null|\\d{1,18})");
    private static final int DETAIL_LENGTH = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** For many reports over a slow line. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(60);

    private final URI ingest;
    private final URI cursor;
    private final Path tokenFile;
    private final String host;
    private final InstantSource clock;
    private final HttpClient http;

    /**
     * @param server scheme, host and port; the path is added
     * @param tokenFile holds a token of this host, or a fleet token
     */
    public IngestDoor(URI server, Path tokenFile, String host, InstantSource clock) {
        this.ingest = server.resolve("/api/v1/ingest");
        this.cursor = server.resolve("/api/v1/ingest/cursor?host=" + URLEncoder.encode(host, StandardCharsets.UTF_8));
        this.tokenFile = tokenFile;
        this.host = host;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    @Override
    public Answer post(Parcel parcel) throws InterruptedException {
        RequestBody body = RequestBody.of(host, parcel, clock.millis());
        try {
            HttpRequest.Builder request = request(ingest, body.gzip() ? LONG_PATIENCE : PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body.bytes()));
            if (body.gzip()) {
                request.header("Content-Encoding", "gzip");
            }
            return answer(http.send(request.build(), BodyHandlers.ofByteArray()), parcel);
        } catch (NoTokenException e) {
            return new Answer.Denied(e.what);
        } catch (IOException e) {
            return new Answer.Later(e.toString(), Optional.empty());
        }
    }

    @Override
    public Newest newest() throws InterruptedException {
        try {
            HttpResponse<byte[]> response =
                    http.send(request(cursor, PATIENCE).GET().build(), BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                return busy(response.statusCode())
                        ? new Newest.Later(later(response, response.statusCode()))
                        : new Newest.Unknown();
            }
            Matcher newest = NEWEST.matcher(text(response.body()));
            if (!newest.find()) {
                return new Newest.Unknown();
            }
            return newest.group(1).equals("null")
                    ? new Newest.Nothing()
                    : new Newest.At(Long.parseLong(newest.group(1)));
        } catch (NoTokenException e) {
            return new Newest.Unknown();
        } catch (IOException e) {
            return new Newest.Later(new Answer.Later(e.toString(), Optional.empty()));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(URI address, Duration patience) throws NoTokenException {
        String token;
        try {
            token = Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new NoTokenException("the token file cannot be read: " + e, e);
        }
        try {
            return HttpRequest.newBuilder(address)
                    .timeout(patience)
                    .header("User-Agent", "peerscope-agent")
                    .header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            throw new NoTokenException("the token file does not hold a token", e);
        }
    }

    private static Answer answer(HttpResponse<byte[]> response, Parcel parcel) {
        int status = response.statusCode();
        String detail = text(response.body());
        if (status / 100 == 2) {
            Matcher rejected = REJECTED.matcher(detail);
            boolean whole = !rejected.find() || rejected.group(1).equals("0");
            return whole ? new Answer.Taken() : new Answer.TakenInPart(detail);
        }
        String told = "status " + status + ": " + detail;
        if (status == 401 || status == 403) {
            return new Answer.Denied(told);
        }
        // A redirect or an unknown path is a matter of the address, not of the report: keep it until that is mended.
        if (status / 100 != 4 || status == 404 || status == 405 || busy(status)) {
            return later(response, status);
        }
        boolean together =
                parcel.reports().size() > 1 && !TOO_OLD.matcher(detail).find();
        return together ? new Answer.TooMuch(told) : new Answer.Refused(told);
    }

    private static boolean busy(int status) {
        return status / 100 == 5 || status == 408 || status == 429;
    }

    private static Answer.Later later(HttpResponse<?> response, int status) {
        return new Answer.Later("status " + status, retryAfter(response));
    }

    private static String text(byte[] body) {
        return new String(body, 0, Math.min(body.length, DETAIL_LENGTH), StandardCharsets.UTF_8);
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private static final class NoTokenException extends Exception {
        private static final long serialVersionUID = 1;

        private final String what;

        NoTokenException(String what, Exception cause) {
            super(what, cause);
            this.what = what;
        }
    }
}
