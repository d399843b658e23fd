package io.peerscope.query.control;

import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.foundation.net.TargetUrl;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Which addresses a channel may have. A first judgement, for the person who writes it down; whoever sends judges again
 * by the same measure, since names change their mind.
 */
public final class Targets implements AutoCloseable {
    private final TargetAddress addresses;

    /** @param ports to which messages may go outside of private networks */
    public Targets(boolean privateAllowed, Collection<Integer> ports) {
        this.addresses = new TargetAddress(privateAllowed, ports);
    }

    /** What is wrong with the address for a channel of that type; empty where nothing is. */
    public Optional<String> fault(ChannelType type, String url) {
        try {
            return fault(type, TargetUrl.parse(url));
        } catch (IllegalArgumentException | TargetAddress.ForbiddenException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<String> fault(ChannelType type, TargetUrl target)
            throws TargetAddress.ForbiddenException, InterruptedException {
        try {
            addresses.resolve(target, type.domains());
            return Optional.empty();
        } catch (UnknownHostException | TimeoutException e) {
            // The name may come to exist, or exist only where messages are sent from; a service's own name is known.
            return TargetAddress.isWithin(type.domains(), target.host())
                    ? Optional.empty()
                    : Optional.of("nobody knows that name, and such a channel goes to "
                            + String.join(" or ", type.domains()));
        }
    }

    @Override
    public void close() {
        addresses.close();
    }
}
