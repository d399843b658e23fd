package io.peerscope.notify.action;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Channel.Action;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ActionSenderTest {
    private final List<OutboxMessage> asked = new ArrayList<>();
    private OptionalDouble health = OptionalDouble.of(100);
    private final ActionSender sender = new ActionSender(
            (message, now) -> {
                asked.add(message);
                return new Delivery.Sent();
            },
            now -> health);

    @Test
    void what_is_meant_is_asked_for() throws InterruptedException {
        assertThat(send(new Action("failover", false, null))).isEqualTo(new Delivery.Sent());
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_dry_run_asks_nobody_and_says_what_it_would_have_asked() throws InterruptedException {
        assertThat(send(new Action("failover", true, null)))
                .isEqualTo(new Delivery.DryRun("dry run: failover was not asked for"));
        assertThat(asked).isEmpty();
    }

    @Test
    void a_network_that_is_unwell_or_unknown_is_left_alone_also_in_a_dry_run() throws InterruptedException {
        health = OptionalDouble.of(59.94);
        assertThat(send(new Action("rebalance", false, 60)))
                .isEqualTo(new Delivery.Refused(Cause.NETWORK_UNHEALTHY, "the network's health is 59.9, less than 60"));
        health = OptionalDouble.empty();
        assertThat(send(new Action("rebalance", true, 60)))
                .isEqualTo(new Delivery.Refused(Cause.NETWORK_UNHEALTHY, "the network's health is not known"));
        assertThat(asked).isEmpty();
        health = OptionalDouble.of(60);
        assertThat(send(new Action("rebalance", false, 60))).isEqualTo(new Delivery.Sent());
    }

    @Test
    void a_test_goes_out_whatever_the_network_is_like() throws InterruptedException {
        health = OptionalDouble.empty();
        Channel channel = Alerts.doing(Alerts.action("fail"), new Action("failover", true, 90));
        sender.send(Alerts.message("t", channel, MessageType.TEST), T0);
        assertThat(asked).hasSize(1);
    }

    private Delivery send(Action action) throws InterruptedException {
        Channel channel = Alerts.doing(Alerts.action("fail"), action);
        return sender.send(
                Alerts.message(
                        "m", channel, MessageType.ACTION, firing("h1", CRITICAL).data()),
                T0);
    }
}
