package io.peerscope.query.store;

import io.peerscope.query.oidc.OidcLogin.Attempt;
import io.peerscope.query.oidc.OidcLogin.Attempts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Logins on their way to the provider. Anybody may begin one, so they are bounded: the oldest go. */
public final class LoginAttempts implements Attempts {
    private static final int MOST = 10_000;

    private final DataSource database;

    public LoginAttempts(DataSource database) {
        this.database = database;
    }

    @Override
    public void add(Attempt attempt, Instant now) {
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from login_attempt where expires_at <= ?"
                            + " or state in (select state from login_attempt order by expires_at desc offset ?)")) {
                delete.setTimestamp(1, Timestamp.from(now));
                delete.setInt(2, MOST - 1);
                delete.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement("insert into login_attempt"
                    + " (state, browser, nonce, verifier, return_to, expires_at) values (?, ?, ?, ?, ?, ?)")) {
                insert.setBytes(1, attempt.state());
                insert.setBytes(2, attempt.browser());
                insert.setString(3, attempt.nonce());
                insert.setString(4, attempt.verifier());
                insert.setString(5, attempt.returnTo());
                insert.setTimestamp(6, Timestamp.from(attempt.expiresAt()));
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    @Override
    public @Nullable Attempt take(byte[] state, Instant now) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from login_attempt"
                        + " where state = ? and expires_at > ?"
                        + " returning browser, nonce, verifier, return_to, expires_at")) {
            delete.setBytes(1, state);
            delete.setTimestamp(2, Timestamp.from(now));
            try (ResultSet row = delete.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                return new Attempt(
                        state,
                        row.getBytes(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant());
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
