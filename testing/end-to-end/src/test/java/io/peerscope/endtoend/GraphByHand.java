package io.peerscope.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;

/**
 * The graph of the network under pointer, wheel and keys. It is a canvas: where a host stands is known by the ring that the
 * keys put around it.
 */
final class GraphByHand {
    private static final String TOPOLOGY = "**/api/v1/network/topology*";
    private static final String LINK = "{\"a\":\"%s\",\"b\":\"%s\",\"latency_ms\":%d,\"up\":true,\"path\":\"direct\"}";
    /** What other stories left behind is not in it. */
    private static final String GRAPH = "{\"nodes\":[\"%s\",\"%s\",\"%s\"],\"links\":[%s,%s]}"
            .formatted(
                    SmallNetwork.FIRST,
                    SmallNetwork.SECOND,
                    SmallNetwork.THIRD,
                    LINK.formatted(SmallNetwork.FIRST, SmallNetwork.SECOND, 38),
                    LINK.formatted(SmallNetwork.FIRST, SmallNetwork.THIRD, 230));

    private final Browser browser;
    private final Page page;
    private final Locator graph;
    private final Locator told;
    private final Locator tip;

    private GraphByHand(Browser browser) {
        this.browser = browser;
        page = browser.page();
        graph = page.locator("ps-topology-view [role=application]");
        told = page.locator("ps-topology-view p[role=status]");
        tip = graph.locator(".tip");
    }

    static void isPointedAtMovedAndOpened(Browser browser) {
        GraphByHand hand = new GraphByHand(browser);
        hand.answers(GRAPH);
        new Sight("Network", "Topology", "3 hosts, 2 links").visit(hand.page);
        hand.tells();
        hand.zooms();
        hand.moves();
        hand.losesSight();
        hand.zoomsByKeys();
        hand.feelsFingers();
        hand.opens();
        hand.page.unroute(TOPOLOGY);
        hand.staysInItsFrame();
        hand.empties();
    }

    /** The first host, once it is known what it does: the more play there, the larger it is. */
    private Point home() {
        graph.focus();
        page.waitForCondition(() -> {
            page.keyboard().press("Home");
            return told.innerText().matches(SmallNetwork.FIRST + ": .*Players 30.*");
        });
        return marked();
    }

    private void tells() {
        Point first = home();
        page.keyboard().press("ArrowLeft");
        assertThat(told).hasText(Pattern.compile("(%s|%s): .+".formatted(SmallNetwork.SECOND, SmallNetwork.THIRD)));
        String neighbour = told.innerText().replaceFirst(":.*", "");
        assertThat(tip).containsText(neighbour);
        Point second = marked();

        page.mouse().move(first.x, first.y);
        assertThat(tip).containsText(SmallNetwork.FIRST);
        assertThat(tip).containsText(Pattern.compile("Links\\s*2"));
        shots("host");
        page.mouse().move((first.x + second.x) / 2, (first.y + second.y) / 2);
        assertThat(tip).containsText(SmallNetwork.FIRST + " – " + neighbour);
        assertThat(tip).containsText(Pattern.compile("Latency\\s*(38|230)"));
        shots("link");
    }

    /** What is under the pointer stays there, also when the next answer has come. */
    private void zooms() {
        Point before = home();
        page.mouse().move(before.x, before.y);
        page.mouse().wheel(0, -600);
        assertThat(marked().size).isGreaterThan(before.size * 1.3);
        page.waitForResponse(GraphByHand::isOfTheGraph, () -> {});
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Point after = marked();
        assertThat(after.size).isGreaterThan(before.size * 1.3);
        assertThat(after.x).isCloseTo(before.x, within(2.0));
        assertThat(after.y).isCloseTo(before.y, within(2.0));
        shots("zoomed");
    }

    /** A drag opens nothing, and a double click beside the graph undoes all of it. */
    private void moves() {
        String address = page.url();
        Point before = marked();
        page.mouse().down();
        page.mouse().move(before.x - 120, before.y + 40, new Mouse.MoveOptions().setSteps(4));
        page.mouse().up();
        assertThat(marked().x).isCloseTo(before.x - 120, within(2.0));
        assertThat(marked().y).isCloseTo(before.y + 40, within(2.0));
        assertThat(page.url()).isEqualTo(address);

        page.mouse().wheel(0, 4000);
        double least = marked().size;
        BoundingBox canvas = graph.locator("canvas").boundingBox();
        page.mouse().dblclick(canvas.x + 3, canvas.y + 3);
        assertThat(marked().size).isGreaterThan(least);
        assertThat(page.url()).isEqualTo(address);
    }

    /** What is out of sight is not told of, and makes the page no wider. */
    private void losesSight() {
        home();
        BoundingBox canvas = graph.locator("canvas").boundingBox();
        page.mouse().move(canvas.x + 3, canvas.y + 3);
        page.mouse().wheel(0, -4000);
        assertThat(graph.locator(".key-mark")).isHidden();
        assertThat(tip).isHidden();
        assertThat(Sight.overflow(page)).isEqualTo(0);
        home();
        page.mouse().wheel(0, 4000);
        page.mouse().dblclick(canvas.x + 3, canvas.y + 3);
    }

    private void zoomsByKeys() {
        Point before = home();
        page.keyboard().press("+");
        assertThat(marked().size).isGreaterThan(before.size * 1.05); // the ring around it does not grow
        assertThat(marked().x).isCloseTo(before.x, within(2.0));
        page.keyboard().press("0");
        assertThat(marked().size).isCloseTo(before.size, within(0.5));
    }

    /** One finger scrolls the page while all is in sight; two zoom, and then one moves what is drawn. */
    private void feelsFingers() {
        String address = page.url();
        Point before = home();
        CDPSession touch = page.context().newCDPSession(page);
        touched(touch, "touchStart", before);
        touched(touch, "touchMove", before.aside(-60));
        touched(touch, "touchEnd");
        assertThat(marked().x).isCloseTo(before.x, within(1.0));

        touched(touch, "touchStart", before.aside(-20), before.aside(20));
        touched(touch, "touchMove", before.aside(-60), before.aside(60));
        touched(touch, "touchEnd");
        Point zoomed = marked();
        assertThat(zoomed.size).isGreaterThan(before.size * 1.3);

        touched(touch, "touchStart", zoomed);
        touched(touch, "touchMove", zoomed.aside(-60));
        touched(touch, "touchEnd");
        assertThat(marked().x).isCloseTo(zoomed.x - 60, within(2.0));
        assertThat(page.url()).isEqualTo(address);
        touch.detach();
        page.keyboard().press("0");
    }

    private static void touched(CDPSession session, String type, Point... fingers) {
        JsonArray points = new JsonArray();
        for (Point finger : fingers) {
            JsonObject point = new JsonObject();
            point.addProperty("x", finger.x);
            point.addProperty("y", finger.y);
            point.addProperty("id", points.size());
            points.add(point);
        }
        JsonObject event = new JsonObject();
        event.addProperty("type", type);
        event.add("touchPoints", points);
        session.send("Input.dispatchTouchEvent", event);
    }

    private void opens() {
        Point first = home();
        page.keyboard().press("ArrowLeft");
        Point second = marked();
        page.mouse().click((first.x + second.x) / 2, (first.y + second.y) / 2);
        page.waitForURL(Pattern.compile(".*/network/%s/pages-.*".formatted(SmallNetwork.FIRST)));
        page.goBack();
        first = home();
        page.mouse().click(first.x, first.y);
        page.waitForURL(Pattern.compile(".*/hosts/" + SmallNetwork.FIRST));
    }

    /** Names may be as long as they like and say what they like, and the window smaller than it was. */
    private void staysInItsFrame() {
        String odd = "<img src=x onerror=alert(1)>&amp;".repeat(4) + "h".repeat(120);
        answers("{\"nodes\":[\"%s\",\"b\",\"c\"],\"links\":[%s]}".formatted(odd, LINK.formatted("b", odd, 38)));
        new Sight("Network", "Topology", "3 hosts, 1 link").visit(page);
        shots("odd");
        page.setViewportSize(Sight.PHONE, Sight.HIGH);
        graph.focus();
        page.keyboard().press("Home");
        assertThat(tip).containsText(odd);
        BoundingBox frame = graph.boundingBox();
        assertThat(graph.locator("canvas").boundingBox().width).isEqualTo(frame.width);
        BoundingBox box = tip.boundingBox();
        assertThat(box.x).isGreaterThanOrEqualTo(frame.x);
        assertThat(box.x + box.width).isLessThanOrEqualTo(frame.x + frame.width);
        browser.screenshot("network-topology-odd-phone-light", ColorScheme.LIGHT, Sight.PHONE, Sight.HIGH);
        page.setViewportSize(Sight.WIDE, Sight.HIGH);
        page.unroute(TOPOLOGY);
    }

    /** What went is not pointed at any more. */
    private void empties() {
        answers("{\"nodes\":[\"a\"],\"links\":[]}");
        new Sight("Network", "Topology", "1 host, 0 links").visit(page);
        graph.focus();
        page.keyboard().press("Home");
        assertThat(tip).containsText("a");
        page.unroute(TOPOLOGY);
        answers("{\"nodes\":[],\"links\":[]}");
        page.waitForResponse(GraphByHand::isOfTheGraph, () -> {});
        assertThat(page.locator("ps-topology-view ps-empty")).isVisible();
        assertThat(tip).isHidden();
        assertThat(graph.locator(".key-mark")).isHidden();
        shots("empty");
        page.unroute(TOPOLOGY);
    }

    private void answers(String body) {
        page.route(
                TOPOLOGY,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(body)));
    }

    private static boolean isOfTheGraph(Response answer) {
        return answer.url().contains("/api/v1/network/topology");
    }

    private Point marked() {
        BoundingBox box = graph.locator(".key-mark").boundingBox();
        return new Point(box.x + box.width / 2, box.y + box.height / 2, box.width);
    }

    private void shots(String what) {
        browser.screenshot("network-topology-" + what + "-light", ColorScheme.LIGHT, Sight.WIDE, Sight.HIGH);
        browser.screenshot("network-topology-" + what + "-dark", ColorScheme.DARK, Sight.WIDE, Sight.HIGH);
    }

    /** @param size across, of the ring around it; all in pixels of the page */
    private record Point(double x, double y, double size) {
        Point aside(double right) {
            return new Point(x + right, y, size);
        }
    }
}
