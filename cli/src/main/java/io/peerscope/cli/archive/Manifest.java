package io.peerscope.cli.archive;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an archive says of itself; its file {@code manifest.json}.
 *
 * @param format of archives; 1
 * @param schema newest migration of the database
 * @param cluster of Kafka; positions mean nothing in another one
 * @param rows how many of each table
 */
record Manifest(
        int format,
        Instant madeAt,
        String schema,
        String cluster,
        Map<String, List<String>> columns,
        Map<String, Long> rows,
        Map<String, Integer> records) {
    static final int FORMAT = 1;
    static final String NAME = "manifest.json";

    static String table(String name) {
        return "database/" + name + ".copy";
    }

    static String topic(String name) {
        return "topics/" + name + ".jsonl";
    }

    /** One record of a topic; the value is JSON, too, but its bytes count. */
    record Row(String key, byte[] value) {}
}
