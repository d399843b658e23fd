package io.peerscope.query.rest;

import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.access.HostToken;
import io.peerscope.query.access.TokenUses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The tokens of all hosts: which of them end soon, and which nobody uses. */
@Path("/api/v1/tokens")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class TokensResource {
    private final CredentialBook credentials;
    private final TokenUses uses;
    private final QueryClock clock;

    public TokensResource(CredentialBook credentials, TokenUses uses, QueryClock clock) {
        this.credentials = credentials;
        this.uses = uses;
        this.clock = clock;
    }

    @GET
    @Needs(Role.ADMIN)
    @Operation(
            summary = "Tokens of hosts, those first that end first",
            description = "status: valid, expiring (within 14 days) or expired; replaced: the host has a token that is"
                    + " valid for longer; replaced=false leaves those out. What expired is told for 30 days.")
    public Map<String, Object> list(
            @QueryParam("status") @Nullable List<String> status,
            @QueryParam("replaced") @Nullable String replaced,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Set<HostToken.Status> wanted =
                Query.words("status", status, TokensResource::status, "valid, expiring, expired");
        Optional<Boolean> wantedReplaced = Query.word("replaced", replaced, Query::yesOrNo, "true, false");
        Query.Paging paging = Query.paging(page, pageSize);
        List<HostToken> found = found(wanted, wantedReplaced);
        return Listing.page("tokens", paging.of(found), found.size(), paging);
    }

    private List<HostToken> found(Set<HostToken.Status> wanted, Optional<Boolean> replaced) {
        Instant now = clock.source().instant();
        Map<String, List<Credential>> byHost =
                credentials.hostTokens().collect(Collectors.groupingBy(Credential::name));
        return byHost.values().stream()
                .flatMap(tokens ->
                        HostToken.ofOne(
                                tokens,
                                uses.of(tokens.stream().map(Credential::id).toList()),
                                now)
                                .stream())
                .filter(token -> wanted.isEmpty() || wanted.contains(token.status()))
                .filter(token -> replaced.isEmpty() || replaced.get() == token.replaced())
                .sorted(Comparator.comparing(HostToken::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(HostToken::host)
                        .thenComparing(HostToken::id))
                .toList();
    }

    private static HostToken.Status status(String word) {
        return Arrays.stream(HostToken.Status.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }
}
