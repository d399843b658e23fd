package io.peerscope.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.BadRequestException;
import com.influxdb.exceptions.ServiceUnavailableException;
import com.influxdb.exceptions.UnauthorizedException;
import io.peerscope.contracts.point.Point;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.intake.FakeBatchLog.Mood;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBException;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.BatchPoints;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** InfluxDB's own Java clients, of both versions, against our door. */
class InfluxClientsTest {
    private final FakeBatchLog log = new FakeBatchLog();
    private final Door door = new Door(log, HttpLimits.standard(), 64 << 20);

    @AfterEach
    void close() {
        door.close();
    }

    private InfluxDBClient version2(String token) {
        return InfluxDBClientFactory.create(door.address("").toString(), token.toCharArray(), "org", "bucket");
    }

    private List<Point> points() {
        return log.appended.stream().flatMap(batch -> batch.points().stream()).toList();
    }

    @Test
    void version2Writes() {
        try (InfluxDBClient client = version2("fleet")) {
            assertThat(client.ping()).isTrue();
            assertThat(client.version()).isNotEmpty();
            client.getWriteApiBlocking()
                    .writePoints(List.of(
                            com.influxdb.client.write.Point.measurement("my cpu")
                                    .addTag("host", "h1")
                                    .addTag("a b", "c=d,e")
                                    .addField("usage active", 12.5)
                                    .addField("n", 7L)
                                    .addField("up", true)
                                    .addField("text", "a \"quoted\" \\ text")
                                    .time(Drafts.NOW, WritePrecision.MS),
                            com.influxdb.client.write.Point.measurement("mem")
                                    .addTag("host", "h2")
                                    .addField("used_percent", 1e-7)
                                    .time(Drafts.NOW, WritePrecision.MS)));
        }
        assertThat(points()).hasSize(2);
        Point first = points().getFirst();
        assertThat(first.subject().labels().asMap()).containsOnly(java.util.Map.entry("a b", "c=d,e"));
        assertThat(first.shape().fields()).containsExactly("my cpu_n", "my cpu_up", "my cpu_usage active");
        assertThat(first.values()).containsExactly(7, 1, 12.5);
        assertThat(first.timestamp()).isEqualTo(Drafts.NOW);
        assertThat(points().getLast().shape().fields()).containsExactly("memory_usage");
    }

    @Test
    void version2UnderstandsOurRefusals() {
        try (InfluxDBClient client = version2("nobody")) {
            assertThatThrownBy(() -> client.getWriteApiBlocking().writeRecord(WritePrecision.NS, "a,host=h1 b=1"))
                    .isInstanceOf(UnauthorizedException.class)
                    .hasMessageContaining("unauthorized access");
        }
        try (InfluxDBClient client = version2("fleet")) {
            assertThatThrownBy(() -> client.getWriteApiBlocking().writeRecord(WritePrecision.NS, "a,host=h1 b=1\nbad"))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("partial write error (1 written");
            log.become(Mood.FAIL);
            assertThatThrownBy(() -> client.getWriteApiBlocking().writeRecord(WritePrecision.NS, "a,host=h1 b=2"))
                    .isInstanceOf(ServiceUnavailableException.class);
        }
    }

    @Test
    void version1CreatesItsDatabaseAndWritesGzipped() {
        try (InfluxDB client = InfluxDBFactory.connect(door.address("").toString(), "anybody", "fleet")) {
            assertThat(client.ping().isGood()).isTrue();
            QueryResult created = client.query(new Query("CREATE DATABASE \"telegraf\""));
            assertThat(created.hasError()).isFalse();
            QueryResult databases = client.query(new Query("SHOW DATABASES"));
            assertThat(databases.getResults().getFirst().getSeries().getFirst().getValues())
                    .containsExactly(List.of("peerscope"));
            client.enableGzip();
            client.write(BatchPoints.database("telegraf")
                    .point(org.influxdb.dto.Point.measurement("cpu")
                            .tag("host", "h1")
                            .addField("usage_active", 12.5)
                            .time(Drafts.NOW, TimeUnit.MILLISECONDS)
                            .build())
                    .build());
        }
        assertThat(points()).hasSize(1);
        assertThat(points().getFirst().shape().fields()).containsExactly("cpu_usage");
    }

    @Test
    void version1UnderstandsOurRefusals() {
        try (InfluxDB client = InfluxDBFactory.connect(door.address("").toString(), "anybody", "fleet")) {
            assertThatThrownBy(() -> client.write("db", "autogen", InfluxDB.ConsistencyLevel.ONE, "a,host=h1 b=1\nbad"))
                    .isInstanceOf(InfluxDBException.class)
                    .hasMessageContaining("partial write");
        }
    }
}
