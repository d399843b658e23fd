package io.peerscope.standalone;

import java.nio.file.Path;
import java.util.List;

/** Tells the services where everything is, as system properties: those outrank every file and variable. */
record Handover(
        Infrastructure infrastructure, Options options, Path data, CredentialFiles credentials, String oneTimeCode) {

    void publish() {
        set("quarkus.http.port", Integer.toString(options.port()));
        set("quarkus.http.host", options.bind());
        set("peerscope.kafka.bootstrap-servers", infrastructure.kafka().bootstrapServers());
        set("peerscope.kafka.state-dir", data.resolve("streams").toString());
        set("peerscope.kafka.instance", "standalone");
        set("quarkus.datasource.jdbc.url", infrastructure.postgres().jdbcUrl());
        set("quarkus.datasource.username", infrastructure.postgres().username());
        set("quarkus.datasource.password", infrastructure.postgres().password());
        set("quarkus.datasource.reading.username", "peerscope_reading");
        set("peerscope.query.bootstrap-credentials", credentials.folder().toString());
        set("peerscope.secrets.key-file", credentials.key().toString());
        set("peerscope.query.one-time-codes", oneTimeCode);
        Path logs = data.resolve("logs");
        set("quarkus.log.file.path", logs.resolve("peerscope.log").toString());
        for (String kind : List.of("errors", "alerts", "access")) {
            set(
                    "quarkus.log.handler.file.\"" + kind + "\".path",
                    logs.resolve(kind + ".log").toString());
        }
    }

    private static void set(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
