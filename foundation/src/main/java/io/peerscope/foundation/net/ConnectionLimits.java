package io.peerscope.foundation.net;

import io.netty.bootstrap.ServerBootstrap;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * Found by Vert.x on the class path: what every port of a service bounds before HTTP begins. {@code quarkus.http.limits}
 * counts a connection only once its first request is complete, wherever HTTP/2 may be asked for.
 */
public final class ConnectionLimits implements VertxServiceProvider {
    private static final Logger LOG = Logger.getLogger(ConnectionLimits.class);
    /** Above what a gateway is made for with its pages, below what systems commonly grant of open files. */
    private static final int MOST = 10_000;
    /** Longer than any question may take. */
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);

    private final int most;
    private final Duration answerWithin;

    /** For Vert.x. */
    public ConnectionLimits() {
        this(
                ConfigProvider.getConfig()
                        .getOptionalValue("peerscope.http.max-connections", Integer.class)
                        .orElse(MOST),
                ANSWER_WITHIN);
    }

    ConnectionLimits(int most, Duration answerWithin) {
        this.most = most;
        this.answerWithin = answerWithin;
    }

    @Override
    public void init(VertxBuilder builder) {
        if (!(builder.findTransport() instanceof JDKTransport)) {
            LOG.warn(
                    "Connections are not bounded with a native transport: leave quarkus.vertx.prefer-native-transport off.");
            return;
        }
        builder.findTransport(new JDKTransport() {
            @Override
            public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
                super.configure(options, domainSocket, bootstrap);
                bootstrap.handler(new AcceptedConnections(most, answerWithin));
            }
        });
    }
}
