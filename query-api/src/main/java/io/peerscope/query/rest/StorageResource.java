package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.Retention;
import io.peerscope.query.store.Storage;
import io.peerscope.query.store.StoreException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What the database holds, and letting go of what is too old. */
@Path("/api/v1/storage")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class StorageResource {
    private final Storage storage;
    private final Retention retention;
    private final AuditLog audit;
    private final QueryClock clock;

    public StorageResource(Storage storage, Retention retention, AuditLog audit, QueryClock clock) {
        this.storage = storage;
        this.retention = retention;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A table.
     *
     * @param keptSince null where nothing was let go yet
     */
    public record TableSize(
            String table, long bytes, @Nullable Instant keptSince) {}

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.DATABASE)
    @Operation(summary = "The tables that grow, their size on disk, and since when they are kept")
    public Map<String, Object> storage() {
        return sizes();
    }

    @POST
    @Path("/cleanup")
    @Needs(Role.ADMIN)
    @Operation(summary = "Lets go what is older than the settings keep, now; done every half hour anyway")
    public Map<String, Object> cleanup(@Context ContainerRequestContext request) {
        audit.record(
                Caller.of(request),
                new AuditLog.Entry("storage.cleanup", "database", null, null),
                connection -> "database");
        try {
            retention.run(clock.source().instant());
        } catch (SQLException e) {
            throw new StoreException(e);
        }
        return sizes();
    }

    private Map<String, Object> sizes() {
        List<TableSize> tables = storage.tables().stream()
                .map(table ->
                        new TableSize(table.name(), table.bytes(), table.since().orElse(null)))
                .toList();
        return Listing.all("tables", tables);
    }
}
