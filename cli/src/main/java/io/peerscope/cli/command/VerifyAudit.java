package io.peerscope.cli.command;

import io.peerscope.cli.Failure;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify-audit",
        description = {
            "Follows the chain of hashes through the audit log: was an entry changed, removed or put in?",
            "Note the head that it prints where the database's owner cannot write, and give it the next time: only so",
            "does it show when the whole chain was made anew, or its end cut off."
        })
final class VerifyAudit implements Callable<Integer> {
    private static final Pattern HEAD = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");
    private static final int SHOWN = 20;

    @Mixin
    private final DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--head", paramLabel = "NUMBER:HASH", description = "What it printed before, to be found again")
    private @Nullable String head;

    @Override
    public Integer call() throws SQLException {
        Report report = new Report("verify-audit", output.console());
        try (Connection connection = database.open()) {
            report.step("chain", () -> chain(connection, report));
            String noted = head;
            if (noted != null) {
                report.step("noted head", () -> noted(connection, noted));
            }
        }
        return report.end().number();
    }

    private static Finding chain(Connection connection, Report report) {
        try (Statement statement = connection.createStatement()) {
            List<String> faults = new ArrayList<>();
            long found = 0;
            try (ResultSet rows =
                    statement.executeQuery("select seq, audit_id, fault from audit_fault order by seq, audit_id")) {
                while (rows.next()) {
                    if (found++ < SHOWN) {
                        faults.add("entry %d: %s".formatted(rows.getLong("audit_id"), rows.getString("fault")));
                    }
                }
            }
            report.put("faults", faults);
            String newest = "none";
            try (ResultSet row =
                    statement.executeQuery("select seq, hash from audit_chain order by seq desc limit 1")) {
                if (row.next()) {
                    newest = row.getLong("seq") + ":" + HexFormat.of().formatHex(row.getBytes("hash"));
                }
            }
            report.put("head", newest);
            return found == 0
                    ? Finding.ok("unbroken, head " + newest)
                    : Finding.failed(
                            "%d faults: %s".formatted(found, String.join("; ", faults)),
                            "Somebody who owns the tables was there: docs/troubleshooting.md, \"The audit log\".");
        } catch (SQLException e) {
            throw Failure.wrong("the database said: " + e.getMessage(), "Is it the database of this version?");
        }
    }

    private static Finding noted(Connection connection, String noted) {
        Matcher parts = HEAD.matcher(noted);
        if (!parts.matches()) {
            throw Failure.usage("--head is no number and hash: " + noted, "It is what verify-audit printed before.");
        }
        try (PreparedStatement select = connection.prepareStatement("select hash from audit_chain where seq = ?")) {
            select.setLong(1, Long.parseLong(parts.group(1)));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Finding.failed("the chain is shorter than it was", "Entries were cut off at its end.");
                }
                return HexFormat.of().formatHex(row.getBytes(1)).equals(parts.group(2))
                        ? Finding.ok("still part of the chain")
                        : Finding.failed(
                                "the chain is another than it was", "It was made anew after an entry was changed.");
            }
        } catch (SQLException e) {
            throw Failure.wrong("the database said: " + e.getMessage(), "Is it the database of this version?");
        }
    }
}
