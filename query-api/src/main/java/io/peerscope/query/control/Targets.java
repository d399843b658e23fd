package io.peerscope.query.control;

import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.foundation.net.TargetUrl;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Which addresses a channel may have. A first judgement, for the person who writes it down; whoever sends judges again
 * by the same measure, since names change their mind.
 */
public final class Targets implements AutoCloseable {
    private final TargetAddress addresses;

    public Targets(boolean privateAllowed) {
        this.addresses = new TargetAddress(privateAllowed);
    }

    /** What is wrong with the address for a channel of that type; empty where nothing is. */
    public Optional<String> fault(ChannelType type, String url) {
        try {
            addresses.resolve(TargetUrl.parse(url).host(), type.domains());
            return Optional.empty();
        } catch (IllegalArgumentException | TargetAddress.ForbiddenException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (UnknownHostException | TimeoutException e) {
            // The name may come to exist, or exist only where messages are sent from.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        addresses.close();
    }
}
