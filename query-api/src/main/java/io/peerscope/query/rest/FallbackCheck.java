package io.peerscope.query.rest;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.query.control.ControlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a channel falls back on one that exists and that does not fall back on it in turn, and that none is removed on
 * which another falls back: who relies on somebody else being told shall not find out in the night that nobody is.
 */
final class FallbackCheck implements AuditedTable.Check<Channel> {
    private static final String FIELD = "fallback";

    private final ControlTable<Channel> channels;

    FallbackCheck(ControlTable<Channel> channels) {
        this.channels = channels;
    }

    @Override
    public void of(String id, @Nullable Channel after) {
        if (after == null) {
            removable(id);
        } else if (after.turn().fallback() != null) {
            leadsSomewhere(id, after.turn().fallback());
        }
    }

    private void removable(String id) {
        List<String> users = channels.all().stream()
                .filter(channel -> id.equals(channel.turn().fallback()))
                .map(Channel::id)
                .toList();
        if (!users.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "%s is the fallback of %s; give %s another one, or none, before"
                            .formatted(id, String.join(", ", users), users.size() == 1 ? "it" : "them"));
        }
    }

    private void leadsSomewhere(String id, String fallback) {
        List<String> way = new ArrayList<>(List.of(id));
        Optional<String> next = Optional.of(fallback);
        while (next.isPresent()) {
            String name = next.get();
            boolean again = way.contains(name);
            way.add(name);
            if (again) {
                throw wrong("the id of a channel that does not fall back on this one: " + String.join(" -> ", way));
            }
            Optional<Channel> channel = channels.find(name);
            if (channel.isEmpty()) {
                throw wrong("the id of another channel; there is no channel " + name);
            }
            next = channel.map(Channel::turn).map(Channel.Turn::fallback).filter(Objects::nonNull);
        }
    }

    private static ProblemException wrong(String detail) {
        return ProblemException.field(FIELD, ErrorCode.BAD_PARAMETER, "must be " + detail);
    }
}
