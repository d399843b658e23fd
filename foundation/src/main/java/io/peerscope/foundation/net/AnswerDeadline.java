package io.peerscope.foundation.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection over which nothing was said back for too long, while something is owed: from its beginning, and
 * from the first byte after each answer. So whoever lets the head of a request drip holds a connection no longer than
 * that. Connections at rest between two requests are left alone. Quarkus and Vert.x only count time without any byte.
 */
final class AnswerDeadline extends ChannelDuplexHandler {
    /** A request costs a flag, not a timer; in turn the limit is kept to a quarter of it. */
    private static final int CHECKS = 4;

    private final Duration limit;
    private boolean owed = true;
    private int checks;
    private @Nullable Future<?> next;

    AnswerDeadline(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        checkAgain(context);
        super.channelActive(context);
    }

    private void checkAgain(ChannelHandlerContext context) {
        next = context.executor().schedule(() -> check(context), limit.toNanos() / CHECKS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (next != null) {
            next.cancel(false);
        }
        super.channelInactive(context);
    }

    private void check(ChannelHandlerContext context) {
        checks = owed ? checks + 1 : 0;
        if (checks > CHECKS) {
            context.close();
        } else {
            checkAgain(context);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        owed = true;
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        owed = false;
        checks = 0;
        super.write(context, message, promise);
    }
}
