package io.peerscope.endtoend;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.peerscope.contracts.security.Role;
import java.util.Map;

/** Lists of the API as they are where nothing has happened yet. */
final class EmptyAnswers {
    /** What a page says then, by its address. */
    static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry("/hosts", "No host has reported yet"),
            Map.entry("/maps", "No map is reported"),
            Map.entry("/network", "No link is fresh"),
            Map.entry("/network?view=topology", "No link is fresh"),
            Map.entry("/network?view=heatmap", "No link was measured"),
            Map.entry("/network?view=paths", "Nobody tells how links go"),
            Map.entry("/network?view=advice", "Nothing to advise"),
            Map.entry("/network?view=contribution", "Nobody tells what it sends"),
            Map.entry("/hosts?view=ledger", "No sample came on that day"),
            Map.entry("/hosts?view=clocks", "Every clock is right"),
            Map.entry("/maps?view=game", "No host tells of a game"),
            Map.entry("/alerts?view=security", "No host has a guard that tells"),
            Map.entry("/network?view=events", "Nothing happened"),
            Map.entry("/alerts?view=history", "No alert in this time"),
            Map.entry("/alerts?view=incidents", "No incident"),
            Map.entry("/alerts?view=rules", "There are no rules"),
            Map.entry("/alerts?view=silences", "Nothing is silenced"),
            Map.entry("/alerts?view=inhibitions", "Nothing holds anything back"),
            Map.entry("/alerts?view=channels", "Nobody is told yet"),
            Map.entry("/alerts?view=deliveries", "No message in this time"),
            Map.entry("/settings?view=users", "Nobody has a name"),
            Map.entry("/settings?view=audit", "Nobody changed anything"),
            Map.entry("/settings?view=quarantine", "Nothing was refused"));

    private static final Map<String, Role> FOR_SOME = Map.of(
            "/alerts?view=deliveries", Role.OPERATOR,
            "/settings?view=quarantine", Role.OPERATOR,
            "/settings?view=users", Role.ADMIN,
            "/settings?view=audit", Role.ADMIN);

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("/api/v1/hosts", "{\"hosts\":[],\"total\":0}"),
            Map.entry("/api/v1/maps", "{\"maps\":[],\"total\":0}"),
            Map.entry("/api/v1/network/matrix", "{\"hosts\":[],\"cells\":[]}"),
            Map.entry("/api/v1/network/heatmap", "{\"total\":0,\"times\":[],\"links\":[]}"),
            Map.entry(
                    "/api/v1/network/paths",
                    "{\"links\":0,\"relayed\":0,\"share\":null,\"classes\":[],\"relays\":[],\"groups\":[]}"),
            Map.entry("/api/v1/network/suggestions", "{\"suggestions\":[],\"total\":0,\"records\":[]}"),
            Map.entry("/api/v1/network/topology", "{\"nodes\":[],\"links\":[],\"components\":[],\"bridges\":[]}"),
            Map.entry(
                    "/api/v1/network/contribution",
                    "{\"hosts\":[],\"total\":0,\"up_bytes\":0,\"down_bytes\":0,\"takers\":0,\"free_riders\":0,"
                            + "\"free_rider_share\":null,\"top_tenth_share\":null,\"offload\":{\"contents\":[],\"maps\":[],"
                            + "\"total\":{\"content\":\"\",\"peer_bytes\":0,\"server_bytes\":0,\"ratio\":null}}}"),
            Map.entry("/api/v1/ledger", "{\"hosts\":[],\"total\":0}"),
            Map.entry("/api/v1/clocks", "{\"clocks\":[],\"total\":0}"),
            Map.entry("/api/v1/game", "{\"hosts\":[],\"total\":0}"),
            Map.entry(
                    "/api/v1/security",
                    "{\"totals\":{},\"findings_total\":0,\"findings\":[],\"alerts\":[],\"hosts\":[]}"),
            Map.entry("/api/v1/network/events", "{\"events\":[],\"total\":0}"),
            Map.entry("/api/v1/metrics/historical", "{\"tier\":\"raw\",\"step_seconds\":1,\"series\":[]}"),
            Map.entry("/api/v1/alerts", "{\"alerts\":[],\"total\":0}"),
            Map.entry("/api/v1/incidents", "{\"incidents\":[],\"total\":0}"),
            Map.entry("/api/v1/rules", "{\"rules\":[],\"total\":0}"),
            Map.entry("/api/v1/silences", "{\"silences\":[],\"total\":0}"),
            Map.entry("/api/v1/inhibitions", "{\"inhibitions\":[],\"total\":0}"),
            Map.entry("/api/v1/channels", "{\"channels\":[],\"total\":0}"),
            Map.entry("/api/v1/deliveries", "{\"deliveries\":[],\"total\":0}"),
            Map.entry("/api/v1/users", "{\"users\":[],\"total\":0}"),
            Map.entry("/api/v1/audit", "{\"audit\":[],\"total\":0}"),
            Map.entry("/api/v1/quarantine", "{\"quarantine\":[],\"total\":0}"));

    private EmptyAnswers() {}

    /** The least role that has the page of this address. */
    static Role least(String address) {
        return FOR_SOME.getOrDefault(address, Role.VIEWER);
    }

    static void on(Page page) {
        BODIES.forEach((path, body) -> page.route(
                url -> url.replaceFirst("[?#].*", "").endsWith(path),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(200)
                        .setContentType("application/json")
                        .setBody(body))));
    }
}
