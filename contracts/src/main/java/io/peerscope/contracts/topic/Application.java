package io.peerscope.contracts.topic;

/** The Kafka Streams applications. The id is also the consumer group, whose progress readers may wait for. */
public enum Application {
    AGGREGATOR("peerscope-aggregator"),
    ALERT("peerscope-alert"),
    NOTIFIER("peerscope-notifier");

    private final String id;

    Application(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
