package io.peerscope.cli.command;

import io.peerscope.cli.ExitCode;
import io.peerscope.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the database is. */
public final class DatabaseConnection {
    @Option(
            names = "--database",
            paramLabel = "JDBC-URL",
            required = true,
            defaultValue = "${env:PEERSCOPE_DATABASE}",
            description = "jdbc:postgresql://HOST:PORT/NAME; ./run prints it (default: $PEERSCOPE_DATABASE)")
    private String url = "";

    @Option(
            names = "--database-user",
            paramLabel = "NAME",
            defaultValue = "peerscope",
            description = "Owner of the tables (default: peerscope)")
    private String user = "peerscope";

    @Option(
            names = "--database-password-file",
            paramLabel = "FILE",
            description = "File with the password; ./run keeps it in data/postgres/postgres.password (default: the"
                    + " variable PEERSCOPE_DATABASE_PASSWORD)")
    private @Nullable Path passwordFile;

    Connection open() {
        Properties settings = new Properties();
        settings.setProperty("user", user);
        settings.setProperty("password", password());
        settings.setProperty("connectTimeout", "5");
        settings.setProperty("ApplicationName", "peerscope-cli");
        try {
            return DriverManager.getConnection(url, settings);
        } catch (SQLException e) {
            boolean denied = String.valueOf(e.getSQLState()).startsWith("28");
            throw new Failure(
                    denied ? ExitCode.DENIED : ExitCode.UNREACHABLE,
                    "no database at %s: %s".formatted(url, e.getMessage()),
                    denied
                            ? "Is the password file the right one, and --database-user the owner of the tables?"
                            : "Is PostgreSQL running there? ./run prints its address.");
        }
    }

    private String password() {
        try {
            String given = System.getenv("PEERSCOPE_DATABASE_PASSWORD");
            return passwordFile == null
                    ? given == null ? "" : given
                    : Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw Failure.usage("%s cannot be read: %s".formatted(passwordFile, e.getMessage()), "Who may read it?");
        }
    }
}
