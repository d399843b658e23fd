package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A delivery log in memory. */
public class Notebook implements DeliveryLog {
    private final List<DeliveryRecord> written = new CopyOnWriteArrayList<>();

    @Override
    public void write(DeliveryRecord attempt) throws InterruptedException {
        written.add(attempt);
    }

    @Override
    public boolean dealtWith(String deliveryId) {
        return written.stream().anyMatch(r -> r.id().equals(deliveryId) && r.status() != Status.RETRYING);
    }

    @Override
    public boolean heard(String channelId, String alertId) {
        return written.stream()
                .anyMatch(r -> r.status() == Status.SENT && r.alertIds().contains(alertId));
    }

    @Override
    public Optional<DeliveryRecord> closed(String channelId) {
        Closures closures = new Closures();
        written.forEach(closures::hear);
        return closures.of(channelId);
    }

    @Override
    public Optional<String> toldInstead(String channelId, String alertId) {
        return written.stream()
                .filter(r -> r.channelId().equals(channelId) && r.alertIds().contains(alertId))
                .flatMap(r -> Optional.ofNullable(r.fallback()).stream())
                .findFirst();
    }

    public List<DeliveryRecord> written() {
        return written;
    }

    List<Status> statuses(String id) {
        return written.stream()
                .filter(r -> r.id().equals(id))
                .map(DeliveryRecord::status)
                .toList();
    }
}
