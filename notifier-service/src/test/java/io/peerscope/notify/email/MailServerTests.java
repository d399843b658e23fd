package io.peerscope.notify.email;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.peerscope.notify.email.MailServer.Tls;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with a mail server of their own, which takes everything. */
abstract class MailServerTests {
    final Vertx vertx = Vertx.vertx();
    final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void open() {
        mails.start();
    }

    @AfterEach
    void close() {
        mails.stop();
        vertx.close();
    }

    final int port() {
        return mails.getSmtp().getPort();
    }

    static MailServer server(int port, Tls tls) {
        return new MailServer("127.0.0.1", port, tls, Optional.empty(), Optional.empty(), "peerscope@example.org");
    }
}
