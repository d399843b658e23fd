package io.peerscope.notify.email;

import static java.util.Objects.requireNonNull;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import org.jspecify.annotations.Nullable;

/**
 * A mail client for one attempt, with all its connections gone at the end. A client that is closed waits for connections
 * still being made, for ever where the server drips its greeting; the end of a deployment closes them whatever they do.
 */
final class MailAttempt extends AbstractVerticle implements AutoCloseable {
    private final MailConfig config;
    private final Vertx platform;
    private final Future<String> deployment;
    private @Nullable MailClient client;

    private MailAttempt(Vertx platform, MailConfig config) {
        this.config = config;
        this.platform = platform;
        this.deployment = platform.deployVerticle(this);
    }

    static MailAttempt open(Vertx vertx, MailConfig config) {
        return new MailAttempt(vertx, config);
    }

    /** What is made here belongs to the deployment. */
    @Override
    public void start() {
        client = MailClient.create(vertx, config);
    }

    Future<MailResult> send(MailMessage mail) {
        return deployment.compose(id -> requireNonNull(client).sendMail(mail));
    }

    /** Does not wait. */
    @Override
    public void close() {
        deployment.onSuccess(platform::undeploy);
    }
}
