package io.peerscope.foundation.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What comes to a server's port: no more connections than so many at a time, each with its {@link AnswerDeadline}. */
@Sharable
final class AcceptedConnections extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(AcceptedConnections.class);
    private static final long TOLD_EVERY = Duration.ofMinutes(1).toNanos();

    private final int most;
    private final Duration answerWithin;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong tellNext = new AtomicLong(System.nanoTime());

    AcceptedConnections(int most, Duration answerWithin) {
        this.most = most;
        this.answerWithin = answerWithin;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
        Channel connection = (Channel) accepted;
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            connection.unsafe().closeForcibly();
            tell(System.nanoTime());
            return;
        }
        connection.closeFuture().addListener(closed -> open.decrementAndGet());
        connection.pipeline().addLast(new AnswerDeadline(answerWithin));
        super.channelRead(context, accepted);
    }

    private void tell(long now) {
        long next = tellNext.get();
        if (now - next >= 0 && tellNext.compareAndSet(next, now + TOLD_EVERY)) {
            LOG.warnf(
                    "%d connections are open, which is the most (peerscope.http.max-connections): others are hung up on."
                            + " Look for who holds them (ss -tn), or start another instance.",
                    most);
        }
    }
}
