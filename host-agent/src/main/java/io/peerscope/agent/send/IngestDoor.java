package io.peerscope.agent.send;

import java.io.IOException;
import java.net.URI;
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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code POST /api/v1/ingest} of a Peerscope server. The token is read anew for each report: it may be rotated. */
public final class IngestDoor implements Door, AutoCloseable {
    private static final Pattern REJECTED = Pattern.compile("\"rejected\"\\s*:\\s*(\\d+)");
    private static final int DETAIL_LENGTH = 300;

    private final URI address;
    private final Path tokenFile;
    private final InstantSource clock;
    private final ReportJson json;
    private final HttpClient http;

    /**
     * @param server scheme, host and port; the path is added
     * @param tokenFile holds a token of this host, or a fleet token
     */
    public IngestDoor(URI server, Path tokenFile, String host, Map<String, String> labels, InstantSource clock) {
        this.address = server.resolve("/api/v1/ingest");
        this.tokenFile = tokenFile;
        this.clock = clock;
        this.json = new ReportJson(host, labels);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    @Override
    public Answer post(Report report) throws InterruptedException {
        String token;
        try {
            token = Files.readString(tokenFile).strip();
        } catch (IOException e) {
            return new Answer.Denied("the token file cannot be read: " + e);
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(json.encode(report, clock.millis())))
                    .build();
            return answer(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new Answer.Later(e.toString(), Optional.empty());
        } catch (IllegalArgumentException e) {
            return new Answer.Denied("the token file does not hold a token");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        byte[] body = response.body();
        String detail = new String(body, 0, Math.min(body.length, DETAIL_LENGTH), StandardCharsets.UTF_8);
        if (status / 100 == 2) {
            Matcher rejected = REJECTED.matcher(detail);
            boolean whole = !rejected.find() || rejected.group(1).equals("0");
            return whole ? new Answer.Taken() : new Answer.Refused(status, detail);
        }
        if (status == 401 || status == 403) {
            return new Answer.Denied("status " + status + ": " + detail);
        }
        // A redirect or an unknown path is a matter of the address, not of the report: keep it until that is mended.
        boolean final4xx = status / 100 == 4 && status != 404 && status != 408 && status != 429;
        return final4xx
                ? new Answer.Refused(status, detail)
                : new Answer.Later("status " + status, retryAfter(response));
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
