package io.peerscope.query.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.control.InvalidDocumentException;
import io.peerscope.query.control.SettingsTopic;
import io.peerscope.query.history.Alike;
import io.peerscope.query.setting.LiveSettings;
import io.peerscope.query.setting.SettingsDocument;
import io.peerscope.query.setting.SettingsState;
import io.peerscope.query.store.Page;
import io.peerscope.query.store.SettingStore;
import io.peerscope.query.store.SettingsChangedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What people may change while Peerscope runs. */
@Path("/api/v1/settings")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class SettingsResource {
    /** Two who change different settings at once both succeed; more often than so is no accident. */
    private static final int TRIES = 3;

    private final LiveSettings live;
    private final SettingStore store;
    private final SettingsTopic topic;
    private final SecondFactorDuty duty;

    public SettingsResource(LiveSettings live, SettingStore store, SettingsTopic topic, SecondFactorDuty duty) {
        this.duty = duty;
        this.live = live;
        this.store = store;
        this.topic = topic;
    }

    /** All settings; may be written back, changed. */
    public record Answer(
            long version,
            @Nullable Instant updatedAt,
            @Nullable String updatedBy,
            Map<String, Number> settings) {}

    /**
     * What is known of a setting.
     *
     * @param fallback what is configured, and holds unless somebody changed it
     * @param effective from when a change holds
     */
    public record Described(
            String name,
            String type,
            String unit,
            Number min,
            Number max,
            @JsonProperty("default") Number fallback,
            Number value,
            boolean changed,
            String service,
            String effective,
            String description) {}

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.DATABASE)
    @Operation(summary = "All settings and their version, which is also the ETag")
    public Response settings(@HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
        SettingsState state = store.load();
        return tag(state).isKnown(known)
                ? Response.notModified().header(HttpHeaders.ETAG, tag(state)).build()
                : answer(state);
    }

    @GET
    @Path("/catalogue")
    @Needs(Role.VIEWER)
    @Shows(Source.DATABASE)
    @Operation(summary = "What each setting means, its unit, range and default")
    public Map<String, Object> catalogue() {
        SettingsState state = store.load();
        Settings now = state.on(live.configured());
        return Listing.all(
                "settings",
                Arrays.stream(Setting.values())
                        .map(setting -> new Described(
                                setting.settingName(),
                                setting.whole() ? "integer" : "number",
                                setting.unit(),
                                shown(setting.min()),
                                shown(setting.max()),
                                shown(live.configured().number(setting)),
                                shown(now.number(setting)),
                                state.changed().containsKey(setting),
                                setting.owner().word(),
                                "at_once",
                                setting.description()))
                        .toList());
    }

    @GET
    @Path("/history")
    @Needs(Role.ADMIN)
    @Shows(Source.DATABASE)
    @Operation(summary = "Who changed what from what to what and when, newest first")
    public Map<String, Object> history(
            @QueryParam("name") @Nullable String name,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Page<SettingStore.Shown> found = store.history(Query.text(name), paging.page(), paging.size());
        if (found.total() == 0) {
            Query.text(name).ifPresent(SettingsResource::existing);
        }
        return Listing.page("changes", found.items(), found.total(), paging);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    @Operation(
            summary = "Changes the settings that are named; null returns to what is configured",
            description = "If-Match, or version in the body, refuses the change where somebody was quicker")
    public Response change(
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context ContainerRequestContext request)
            throws InvalidDocumentException {
        JsonNode json = Documents.read(body, request.getMediaType());
        for (int tries = 1; ; tries++) {
            SettingsState before = store.load();
            tag(before).require(ifMatch, "the set of settings");
            SettingsDocument document = SettingsDocument.read(json, before, live.configured());
            if (document.version().isPresent() && document.version().getAsLong() != before.version()) {
                throw new ProblemException(
                        ErrorCode.CONFLICT, "the settings are at version " + before.version() + "; read them again");
            }
            Map<Setting, Optional<Double>> changes = document.differing(before, live.configured());
            if (changes.isEmpty()) {
                return answer(before);
            }
            try {
                SettingsState after =
                        store.change(Caller.of(request), before, changes, live.configured(), topic::announce);
                topic.settled();
                Response answer = answer(after);
                if (changes.containsKey(Setting.LOGIN_SECOND_FACTOR)) {
                    duty.begin(Caller.of(request));
                }
                return answer;
            } catch (SettingsChangedException e) {
                if (tries == TRIES) {
                    throw new ProblemException(ErrorCode.CONFLICT, "others change the settings just now; try again");
                }
            }
        }
    }

    private Response answer(SettingsState state) {
        live.take(state);
        Map<String, Number> values = new TreeMap<>();
        state.on(live.configured())
                .values()
                .forEach((setting, value) -> values.put(setting.settingName(), shown(value)));
        return Response.ok(new Answer(state.version(), state.at(), state.who(), values))
                .header(HttpHeaders.ETAG, tag(state))
                .build();
    }

    /** One that was taken away may have a past all the same. */
    private static void existing(String name) {
        List<String> names =
                Arrays.stream(Setting.values()).map(Setting::settingName).toList();
        if (!names.contains(name)) {
            List<String> alike = Alike.to(name, names);
            throw Query.wrong("name", "one of " + String.join(", ", alike.isEmpty() ? names : alike));
        }
    }

    private static VersionTag tag(SettingsState state) {
        return new VersionTag(state.version());
    }

    /** Whole numbers without a fraction. */
    private static Number shown(double value) {
        return value == Math.rint(value) ? (Number) (long) value : (Number) value;
    }
}
