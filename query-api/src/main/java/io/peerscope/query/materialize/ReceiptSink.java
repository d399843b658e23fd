package io.peerscope.query.materialize;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.store.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@code ingest.receipts} into the ledger and the quarantine. */
final class ReceiptSink implements Sink<ReceiptRecord, Map<Ledger.Place, ReceiptRecord>> {
    @Override
    public Topic topic() {
        return Topic.INGEST_RECEIPTS;
    }

    @Override
    public ReceiptRecord read(ConsumerRecord<String, byte[]> row) {
        return Json.decode(row.value(), ReceiptRecord.class);
    }

    @Override
    public Map<Ledger.Place, ReceiptRecord> prepare(Connection connection, List<Delivered<ReceiptRecord>> batch) {
        Map<Ledger.Place, ReceiptRecord> receipts = new LinkedHashMap<>();
        batch.forEach(each -> receipts.put(PointSink.place(each.source()), each.content()));
        return receipts;
    }

    @Override
    public void insert(Connection connection, Map<Ledger.Place, ReceiptRecord> receipts) throws SQLException {
        Ledger.book(connection, receipts);
    }

    @Override
    public boolean merge(Connection connection, Map<Ledger.Place, ReceiptRecord> receipts) throws SQLException {
        Ledger.book(connection, receipts);
        return false;
    }
}
