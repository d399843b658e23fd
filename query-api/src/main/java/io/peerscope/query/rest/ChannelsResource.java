package io.peerscope.query.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.foundation.secret.ChannelSecrets;
import io.peerscope.foundation.secret.UnreadableSecretException;
import io.peerscope.notify.form.Preview;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.control.ChannelDocument;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.control.InvalidDocumentException;
import io.peerscope.query.control.ShownChannel;
import io.peerscope.query.control.Targets;
import io.peerscope.query.setting.LiveSettings;
import io.peerscope.query.store.AlertReader;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.ChannelReach;
import io.peerscope.query.store.StoreException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where messages go. What is secret goes in and never comes out. */
@Path("/api/v1/channels")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class ChannelsResource {
    private static final Logger LOG = Logger.getLogger(ChannelsResource.class);
    /** Each event of each alert is held against all of them. */
    private static final int MOST = 200;

    private final AuditedTable<Channel> channels;
    private final Targets targets;
    private final AuditLog audit;
    private final TestMessages tests;
    private final MessagePreviews previews;
    private final LiveSettings settings;
    private final AlertReader history;
    private final ChannelSecrets secrets;

    public ChannelsResource(
            ControlTable<Channel> channels,
            Targets targets,
            AuditLog audit,
            ChangeOrder order,
            TestMessages tests,
            MessagePreviews previews,
            LiveSettings settings,
            AlertReader history,
            ChannelSecrets secrets) {
        this.history = history;
        this.secrets = secrets;
        this.previews = previews;
        this.settings = settings;
        this.channels = new AuditedTable<>(
                channels,
                order,
                "channel",
                MOST,
                Channel::id,
                channel ->
                        ShownChannel.of(opened(channel), true, Optional.empty()).onRecord(),
                new FallbackCheck(channels));
        this.targets = targets;
        this.audit = audit;
        this.tests = tests;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.CONTROL)
    @Operation(
            summary = "All channels; viewers do not see where messages go",
            description = "delivery tells how each was reached last: state ok, partial, failing (tried again) or dead.")
    public Map<String, Object> list(
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize,
            @Context ContainerRequestContext request) {
        boolean shown = Caller.of(request).may(Role.OPERATOR);
        List<Channel> all = channels.all();
        Map<String, ChannelReach> reached = reach(all);
        return Listing.held(
                "channels",
                all.stream()
                        .map(channel ->
                                ShownChannel.of(opened(channel), shown, Optional.ofNullable(reached.get(channel.id()))))
                        .toList(),
                page,
                pageSize);
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Shows(Source.CONTROL)
    @Operation(summary = "One channel")
    public ShownChannel channel(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return shown(channels.existing(id), Caller.of(request).may(Role.OPERATOR));
    }

    private ShownChannel shown(Channel channel, boolean targets) {
        return ShownChannel.of(
                opened(channel),
                targets,
                Optional.ofNullable(reach(List.of(channel)).get(channel.id())));
    }

    /** As it is where the key is not here: then it is shown without what is sealed, and cannot be replaced without it. */
    private Channel opened(Channel channel) {
        try {
            return secrets.open(channel);
        } catch (UnreadableSecretException e) {
            LOG.warn(e.getMessage());
            return channel;
        }
    }

    /** Without the database, channels are shown all the same. */
    private Map<String, ChannelReach> reach(List<Channel> all) {
        try {
            return history.reach(all.stream().map(Channel::id).toList());
        } catch (StoreException e) {
            LOG.debugf("how channels are reached: %s", e.getMessage());
            return Map.of();
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    @Operation(summary = "A new channel")
    public Response create(byte @Nullable [] body, @Context ContainerRequestContext request)
            throws InvalidDocumentException {
        Channel wanted =
                ChannelDocument.read(Documents.read(body, request.getMediaType()), Optional.empty(), targets, pace());
        channels.create(wanted, request);
        return Response.created(URI.create("/api/v1/channels/" + wanted.id()))
                .entity(shown(wanted, true))
                .build();
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    @Operation(summary = "Replaces a channel; url, secret, recipients and account stay where they are left out")
    public ShownChannel replace(
            @PathParam("id") String id, byte @Nullable [] body, @Context ContainerRequestContext request)
            throws InvalidDocumentException {
        return shown(channels.replace(id, before -> read(id, before, body, request), request), true);
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.ADMIN)
    @Operation(summary = "Removes a channel; 409 while it is another's fallback")
    public void delete(@PathParam("id") String id, @Context ContainerRequestContext request) {
        channels.delete(id, request);
    }

    private Channel read(String id, Channel before, byte @Nullable [] body, ContainerRequestContext request)
            throws InvalidDocumentException {
        JsonNode document = Documents.read(body, request.getMediaType());
        if (document instanceof ObjectNode object && !object.has("id")) {
            object.put("id", id);
        }
        return secrets.seal(ChannelDocument.read(document, Optional.of(opened(before)), targets, pace()), before);
    }

    /** Where to look for what became of it. */
    public record Sent(String deliveryId) {}

    @POST
    @Path("/{id}/test")
    @Needs(Role.ADMIN)
    @Operation(summary = "Sends a message of type test, whatever the channel's policy; see deliveries for its fate")
    public Response test(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Channel channel = channels.existing(id);
        String delivery = audit.record(
                Caller.of(request),
                new AuditLog.Entry("channel.test", id, null, null),
                connection -> tests.send(channel));
        return Response.accepted(new Sent(delivery)).build();
    }

    @GET
    @Path("/{id}/preview")
    @Needs(Role.OPERATOR)
    @Shows({Source.CONTROL, Source.ALERTS, Source.ALERT_HISTORY})
    @Operation(summary = "What the channel would be sent of an alert, or of an example; nothing is sent")
    public Preview preview(@PathParam("id") String id, @QueryParam("alert") @Nullable String alertId) {
        return previews.of(opened(channels.existing(id)), alertId);
    }

    /**
     * What was done.
     *
     * @param unreadable channels whose key is not here; they need their url and secret anew
     */
    public record Resealed(List<String> written, List<String> unreadable) {}

    @POST
    @Path("/_reseal")
    @Needs(Role.ADMIN)
    @Operation(
            summary = "Writes every channel whose secrets are in clear, or sealed with an old key, with the key of now",
            description = "After it, and once the notifier has sent what was under way, an old key is of no more use.")
    public Resealed reseal(@Context ContainerRequestContext request) {
        if (!secrets.seals()) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "there is no key to seal with: set peerscope.secrets.key-file and restart");
        }
        List<String> written = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Channel channel : channels.all()) {
            if (secrets.isStale(channel)) {
                try {
                    channels.rewrite("reseal", channel.id(), secrets::open, request);
                    written.add(channel.id());
                } catch (UnreadableSecretException e) {
                    LOG.warn(e.getMessage());
                    unreadable.add(channel.id());
                }
            }
        }
        return new Resealed(written, unreadable);
    }

    private ChannelDocument.Pace pace() {
        Settings now = settings.now();
        return new ChannelDocument.Pace(
                (int) now.number(Setting.CHANNEL_COOLDOWN), (int) now.number(Setting.CHANNEL_MAX_PER_MINUTE));
    }
}
