package io.peerscope.query.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** An address whose author forgot to say who may use it, and one that breaks. */
@Path("/api/v1/forgotten")
@RunOnVirtualThread
public final class ForgottenResource {
    @GET
    @Operation(hidden = true)
    public String forgotten() {
        return "secret";
    }

    @GET
    @Path("/broken")
    @Open
    @Operation(hidden = true)
    public String broken() {
        throw new IllegalStateException("select password from users");
    }
}
