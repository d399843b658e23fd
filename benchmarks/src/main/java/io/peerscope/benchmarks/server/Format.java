package io.peerscope.benchmarks.server;

/** How samples are written, and in what pieces. */
public enum Format {
    REMOTE_WRITE("rw1000", "remote write 1.0, 50 hosts x 20 metrics a request"),
    REMOTE_WRITE_SMALL("rw20", "remote write 1.0, one host x 20 metrics a request"),
    LINE("line", "line protocol, 50 lines x 20 fields a request"),
    PROTO("proto", "native protobuf, 50 points x 20 fields of one host a request"),
    JSON("json", "native JSON, 50 points x 20 fields of one host a request");

    private final String word;
    private final String description;

    Format(String word, String description) {
        this.word = word;
        this.description = description;
    }

    public String word() {
        return word;
    }

    public String description() {
        return description;
    }

    /** Only we speak it. */
    public boolean isOurs() {
        return this == PROTO || this == JSON;
    }

    /** @return everything above the body of a request but the length and what the server wants to know of the sender */
    String headers() {
        return switch (this) {
            case REMOTE_WRITE, REMOTE_WRITE_SMALL -> """
                    Content-Type: application/x-protobuf
                    Content-Encoding: snappy
                    X-Prometheus-Remote-Write-Version: 0.1.0
                    User-Agent: peerscope-benchmarks""";
            case LINE -> """
                    Content-Type: text/plain; charset=utf-8
                    User-Agent: peerscope-benchmarks""";
            case PROTO -> "Content-Type: application/x-protobuf";
            case JSON -> "Content-Type: application/json";
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
