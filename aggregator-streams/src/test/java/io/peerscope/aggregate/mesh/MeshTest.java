package io.peerscope.aggregate.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.peerscope.contracts.link.IncidentLive.Child;
import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PathClass;
import io.peerscope.contracts.link.PresenceState;
import io.peerscope.contracts.link.QualityLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a network on the whole, told as stories. */
class MeshTest {
    private static final String TROUBLE = "presence_trouble";
    private final MeshWorld world = new MeshWorld();
    private final RecordingOutlet shown = world.shown;

    @Test
    void twoDirectionsThatDifferAreAsymmetric() {
        world.link("a", "b");
        world.says("b", "a", 400);
        world.pass(12);
        LinkLive link = shown.link("b", "a");
        assertThat(link.verdict()).isEqualTo(LinkVerdict.ASYMMETRIC);
        assertThat(link.asymmetryMs()).isEqualTo(380);
        assertThat(link.quality()).isNotNull().extracting("level").isEqualTo(QualityLevel.UNUSABLE);
        world.says("b", "a", 25);
        world.pass(6);
        assertThat(shown.link("a", "b").verdict()).isEqualTo(LinkVerdict.AGREED);
    }

    @Test
    void whereOneEndFallsSilentTheLinkIsOneSidedWithinTwoIntervals() {
        world.link("a", "b").link("b", "c");
        world.pass(20);
        assertThat(shown.link("a", "b").verdict()).isEqualTo(LinkVerdict.AGREED);
        world.omits("b", "a");
        world.pass(12);
        LinkLive link = shown.link("a", "b");
        assertThat(link.verdict()).isEqualTo(LinkVerdict.ONE_SIDED);
        assertThat(link.fromA()).isNotNull().extracting("fresh").isEqualTo(true);
        assertThat(link.fromB()).isNotNull().extracting("fresh").isEqualTo(false);
        assertThat(link.up()).as("one end still has it").isTrue();
    }

    /** As after a start, when what was kept meanwhile comes at once. */
    @Test
    void whoCameInAHurryIsBelievedForTwoIntervalsAllTheSame() {
        world.link("a", "b");
        world.every(1).pass(30);
        long changes = shown.link("a", "b").stateChanges();
        world.every(5).pass(60);
        assertThat(shown.link("a", "b").stateChanges()).isEqualTo(changes);
    }

    @Test
    void whoReportsLessOftenThanBeforeIsBelievedInTheEnd() {
        world.link("a", "b");
        world.every(5).pass(30);
        world.every(30).pass(300);
        long changes = shown.link("a", "b").stateChanges();
        world.pass(300);
        assertThat(shown.link("a", "b").stateChanges()).isEqualTo(changes);
    }

    @Test
    void whereOneEndLiesBothClaimsAreShown() {
        world.link("a", "b");
        world.pass(20);
        world.claims("b", "a", "failed");
        world.pass(7);
        assertThat(shown.link("a", "b").verdict()).as("news gets around").isNotEqualTo(LinkVerdict.CONTRADICTION);
        world.pass(13);
        LinkLive link = shown.link("a", "b");
        assertThat(link.verdict()).isEqualTo(LinkVerdict.CONTRADICTION);
        assertThat(link.up()).isFalse();
        assertThat(link.from("a")).isNotNull().extracting("claim").isEqualTo(LinkClaim.UP);
        assertThat(link.from("b")).isNotNull().extracting("claim").isEqualTo(LinkClaim.DOWN);
        assertThat(shown.presence("a").contradictions()).isEqualTo(1);
    }

    @Test
    void timeInEachClassOfPathIsKept() {
        world.link("a", "b");
        world.pass(30);
        world.path("a", "b", "r1");
        world.pass(60);
        LinkLive link = shown.link("a", "b");
        assertThat(link.path()).isEqualTo(PathClass.RELAY);
        assertThat(link.relay()).isEqualTo("r1");
        assertThat(link.pathSeconds().get("relay")).isBetween(50.0, 60.0);
        world.restart();
        world.pass(60);
        assertThat(shown.link("a", "b").pathSeconds().get("relay")).isBetween(100.0, 120.0);
    }

    @Test
    void aMeshThatBreaksInTwoIsOneSplitWithItsMembers() {
        world.clique("x", 10).clique("y", 10).link("x0", "y0");
        world.pass(30);
        assertThat(shown.topology().bridges()).containsExactly(List.of("x0", "y0"));
        assertThat(shown.topology().articulationHosts())
                .extracting("host", "cutsOff")
                .containsExactly(tuple("x0", 9), tuple("y0", 9));
        assertThat(shown.topology().components()).hasSize(1);

        world.fail("x0", "y0");
        world.pass(30);
        assertThat(shown.above("mesh_parts", 2)).singleElement().asString().contains("10 | 10", "x9", "y9");
        assertThat(shown.topology().components()).hasSize(2);
        assertThat(shown.above(TROUBLE, 1)).isEmpty();

        world.restart();
        world.pass(30);
        assertThat(shown.risings("mesh_parts", 2)).isEqualTo(1);
        world.mend("x0", "y0");
        world.pass(15);
        assertThat(shown.above("mesh_parts", 2)).isEmpty();
        assertThat(shown.risings("mesh_parts", 2)).isEqualTo(1);
        assertThat(shown.topology().splits()).isEmpty();
    }

    @Test
    void networksThatWereNeverJoinedAreNoSplit() {
        world.clique("x", 3).clique("y", 3);
        world.pass(60);
        assertThat(shown.topology().components()).hasSize(2);
        assertThat(shown.topology().splits()).isEmpty();
    }

    @Test
    void aHostWithoutAnyLinkIsIsolatedAndNoSplit() {
        world.clique("x", 6);
        world.pass(20);
        world.failAll("x3");
        world.pass(40);
        assertThat(shown.above(TROUBLE, 1))
                .singleElement()
                .asString()
                .startsWith("x3 ")
                .contains("state=isolated");
        assertThat(shown.topology().isolated()).containsExactly("x3");
        assertThat(shown.risings("mesh_parts", 2)).isZero();
        world.mendAll("x3");
        world.pass(20);
        assertThat(shown.above(TROUBLE, 1)).isEmpty();
        assertThat(shown.risings(TROUBLE, 1)).isEqualTo(1);
    }

    @Test
    void fortyHostsBehindOneAreOneTroubleAndWhoStaysBadIsNamedLater() {
        for (int i = 0; i < 40; i++) {
            world.link("r", "h" + i);
        }
        world.pass(30);
        world.failAll("r");
        world.pass(40);
        assertThat(shown.above(TROUBLE, 1)).singleElement().asString().startsWith("r ");
        assertThat(shown.risings(TROUBLE, 1)).isEqualTo(1);
        assertThat(shown.onlyIncident().children())
                .hasSize(40)
                .extracting(Child::state)
                .containsOnly("cut_off");
        assertThat(shown.presence("h7").explainedBy())
                .isEqualTo(shown.onlyIncident().id());

        world.mendAll("r");
        world.fail("r", "h7");
        world.pass(20);
        assertThat(shown.above(TROUBLE, 1)).singleElement().asString().startsWith("h7 ");
        assertThat(shown.onlyIncident().endedAt()).isNotNull();
        world.mend("r", "h7");
        world.pass(15);
        assertThat(shown.above(TROUBLE, 1)).isEmpty();
        assertThat(shown.risings(TROUBLE, 1)).isEqualTo(2);
    }

    @Test
    void threeUnrelatedDeathsAreThreeTroubles() {
        world.clique("x", 12);
        for (int i = 0; i < 12; i++) {
            world.host("x" + i, i % 2 == 0 ? "eu" : "us");
        }
        world.pass(30);
        world.kill("x1");
        world.kill("x5");
        world.kill("x9");
        world.pass(60);
        assertThat(shown.above(TROUBLE, 3)).hasSize(3).allSatisfy(each -> assertThat(each)
                .contains("state=down"));
        assertThat(shown.risings(TROUBLE, 1)).isEqualTo(3);
        assertThat(shown.risings("mesh_parts", 2)).isZero();
        world.revive("x1");
        world.revive("x5");
        world.revive("x9");
        world.pass(20);
        assertThat(shown.above(TROUBLE, 1)).isEmpty();
    }

    @Test
    void aRelayThatFailsIsTheIncidentOfThoseBehindIt() {
        world.clique("x", 6).clique("y", 2);
        for (int i = 0; i < 6; i++) {
            world.link("x" + i, "y0");
            world.path("x" + i, "y0", "turn-1");
        }
        world.pass(30);
        for (int i = 0; i < 6; i++) {
            world.fail("x" + i, "y0");
        }
        world.pass(30);
        assertThat(shown.onlyIncident().cause()).isEqualTo("relay");
        assertThat(shown.onlyIncident().name()).isEqualTo("turn-1");
        assertThat(shown.above("incident_links", 1)).singleElement().asString().contains("turn-1");
        for (int i = 0; i < 6; i++) {
            world.mend("x" + i, "y0");
        }
        world.pass(30);
        assertThat(shown.above("incident_links", 1)).isEmpty();
    }

    @Test
    void theDeadStayDeadWhenTheirPeersGiveThemUp() {
        world.clique("x", 4);
        world.pass(30);
        world.kill("x1");
        world.pass(40);
        assertThat(shown.presence("x1").state()).isEqualTo(PresenceState.DOWN);
        for (String peer : List.of("x0", "x2", "x3")) {
            world.omits(peer, "x1");
        }
        world.pass(60);
        assertThat(shown.presence("x1").state()).isEqualTo(PresenceState.DOWN);
        assertThat(shown.risings(TROUBLE, 1)).isEqualTo(1);
    }

    @Test
    void aMuteHostIsNotADeadOne() {
        world.clique("x", 4);
        world.pass(30);
        world.mute("x1");
        world.pass(60);
        assertThat(shown.presence("x1").state()).isEqualTo(PresenceState.TELEMETRY_LOST);
        assertThat(shown.presence("x1").evidence()).containsExactly("x0", "x2", "x3");
        assertThat(shown.above(TROUBLE, 1)).singleElement().asString().contains("telemetry_lost", "x0, x2, x3");
        assertThat(shown.above(TROUBLE, 3)).isEmpty();
    }

    @Test
    void oneWhoAccusesEverybodyIsSuspect() {
        world.clique("x", 6);
        world.pass(30);
        for (int i = 1; i < 6; i++) {
            world.claims("x0", "x" + i, "failed");
        }
        world.pass(40);
        assertThat(shown.presence("x0").state()).isEqualTo(PresenceState.SUSPECT);
        assertThat(shown.presence("x0").evidence()).containsExactly("x1", "x2", "x3", "x4", "x5");
        assertThat(shown.above(TROUBLE, 1)).singleElement().asString().startsWith("x0 ");
    }

    @Test
    void whoSaidGoodbyeIsNotMissed() {
        world.clique("x", 4);
        world.pass(30);
        world.goodbye("x1");
        world.failAll("x1");
        world.kill("x2");
        world.pass(90);
        assertThat(shown.presence("x1").state()).isEqualTo(PresenceState.LEFT);
        assertThat(shown.presence("x1").leaves()).isEqualTo(1);
        assertThat(shown.above(TROUBLE, 1)).singleElement().asString().startsWith("x2 ");
        world.revive("x1");
        world.pass(10);
        assertThat(shown.presence("x1").state()).isEqualTo(PresenceState.UP);
    }

    @Test
    void aRestartChangesNothing() {
        world.clique("x", 4).link("x0", "z");
        world.pass(30);
        world.kill("z");
        world.pass(180);
        List<String> before = shown.above(TROUBLE, 1);
        assertThat(before).hasSize(1);
        world.restart();
        world.pass(70);
        assertThat(shown.above(TROUBLE, 1)).isEqualTo(before);
        assertThat(shown.risings(TROUBLE, 1)).isEqualTo(1);
    }

    @Test
    void aServerThatWasAwayBlamesNoRegion() {
        twoRegions();
        world.pass(60);
        world.restart();
        awayFor(14);
        assertThat(shown.incidents).as("a restart").isEmpty();
        awayFor(40);
        assertThat(shown.incidents).as("a door that was closed").isEmpty();
        assertThat(shown.above("incident_links", 1)).isEmpty();

        for (int i = 0; i < 6; i++) {
            world.kill("x" + i);
        }
        world.pass(30);
        assertThat(shown.incidents.values())
                .extracting(each -> each.shown().name())
                .as("who is heard again is believed")
                .contains("eu");
    }

    @Test
    void aFewWhoAreLeftAreBelievedOfTheMany() {
        twoRegions();
        world.link("z0", "z1").host("z0", "us").host("z1", "us");
        for (int i = 0; i < 6; i++) {
            world.link("z0", "x" + i).link("z1", "y" + i);
        }
        world.pass(60);
        for (int i = 0; i < 6; i++) {
            world.kill("x" + i);
            world.kill("y" + i);
        }
        world.pass(30);
        assertThat(shown.incidents).isNotEmpty();
    }

    /** All of them are heard, but none mentions its links any more: that is no silence. */
    @Test
    void aRelayThatTakesMostLinksWithItIsBlamedWhereHostsOmitWhatTheyLost() {
        world.clique("x", 6);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < i; j++) {
                world.path("x" + j, "x" + i, "r1");
            }
        }
        world.pass(60);
        for (int i = 0; i < 6; i++) {
            omitsAll("x" + i, "x", 6);
        }
        world.pass(40);
        assertThat(shown.incidents.values())
                .extracting(each -> each.shown().name())
                .contains("r1");
    }

    /** Who is left speaks, and does not mention those whom it lost. */
    @Test
    void theLargerOfTwoRegionsIsBlamedWhereTheOthersOmitIt() {
        world.clique("x", 7).clique("y", 5);
        for (int i = 0; i < 7; i++) {
            world.host("x" + i, "eu").link("x" + i, "y" + i % 5);
        }
        for (int i = 0; i < 5; i++) {
            world.host("y" + i, "na");
        }
        world.pass(60);
        for (int i = 0; i < 7; i++) {
            world.mute("x" + i);
            world.omits("y" + i % 5, "x" + i);
        }
        world.pass(60);
        assertThat(shown.incidents.values())
                .extracting(each -> each.shown().name())
                .contains("eu")
                .doesNotContain("na");
    }

    @Test
    void whoNeverSpokeOfLinksIsNotWaitedFor() {
        for (int i = 0; i < 6; i++) {
            world.link("hub", "x" + i).omits("x" + i, "hub");
        }
        world.pass(60);
        world.mute("hub");
        world.pass(40);
        assertThat(shown.incidents.values())
                .extracting(each -> each.shown().name())
                .containsExactly("hub");
    }

    /** A link that was left out long ago is no sign that its host is heard now. */
    @Test
    void aClosedDoorBlamesNoRegionWhereHostsHadLostALinkBefore() {
        twoRegions();
        for (int i = 0; i < 6; i++) {
            world.link("x" + i, "y" + (i + 1) % 6);
        }
        world.pass(60);
        for (int i = 0; i < 6; i++) {
            world.omits("x" + i, "y" + (i + 1) % 6).omits("y" + (i + 1) % 6, "x" + i);
        }
        world.pass(60);
        awayFor(40);
        assertThat(shown.incidents).isEmpty();
    }

    private void omitsAll(String host, String prefix, int size) {
        for (int i = 0; i < size; i++) {
            world.omits(host, prefix + i);
        }
    }

    private void twoRegions() {
        world.clique("x", 6).clique("y", 6);
        for (int i = 0; i < 6; i++) {
            world.host("x" + i, "eu").host("y" + i, "na").link("x" + i, "y" + i);
        }
    }

    /** Links go on, but nobody is heard; then one after the other is. */
    private void awayFor(int seconds) {
        for (int i = 0; i < 6; i++) {
            world.mute("x" + i);
            world.mute("y" + i);
        }
        world.pass(seconds);
        for (int i = 0; i < 6; i++) {
            world.unmute("x" + i);
            world.unmute("y" + i);
            world.pass(2);
        }
        world.pass(30);
    }

    /** A ring of hundred hosts and as many links; every third host has the same provider. */
    private void ring() {
        for (int i = 0; i < 100; i++) {
            world.link("h" + i, "h" + (i + 1) % 100);
            world.label("h" + i, "isp", i < 30 ? "acme" : "other");
            world.label("h" + i, "game", "ro");
        }
    }

    private void relay(int links, String by) {
        for (int i = 0; i < links; i++) {
            world.path("h" + i, "h" + (i + 1) % 100, by);
        }
    }

    @Test
    void whenAThirdOfTheLinksTakesARelayOneTroubleNamesItAndWhatTheyShare() {
        ring();
        world.pass(30);
        assertThat(shown.above("relayed_share", 0)).isEmpty();
        relay(30, "turn-1");
        world.pass(30);
        assertThat(shown.above("relayed_share", 0.3))
                .singleElement()
                .asString()
                .contains("relay=turn-1", "common=isp=acme");
        assertThat(shown.last("relayed_share")).isEqualTo(0.3);
        world.restart();
        world.pass(30);
        for (int i = 0; i < 30; i++) {
            world.direct("h" + i, "h" + (i + 1) % 100);
        }
        world.pass(20);
        assertThat(shown.above("relayed_share", 0.3)).isEmpty();
        assertThat(shown.risings("relayed_share", 0.3)).isEqualTo(1);
        assertThat(shown.last("relayed_share")).isLessThan(0.05);
        assertThat(shown.links.values().stream()
                        .mapToDouble(link -> link.pathSeconds().getOrDefault("relay", 0.0))
                        .sum())
                .as("link seconds by a relay")
                .isBetween(30 * 55.0, 30 * 66.0);
    }

    @Test
    void whatTheyShareIsNamedAnewWhenItGrowsForAnotherReason() {
        ring();
        for (int i = 50; i < 62; i++) {
            world.path("h" + i, "h" + (i + 1), "turn-" + i);
        }
        world.pass(40);
        assertThat(shown.above("relayed_share", 0.1)).singleElement().asString().contains("several relays");
        relay(25, "turn-1");
        world.pass(30);
        assertThat(shown.above("relayed_share", 0.3)).singleElement().asString().contains("relay=turn-1");
    }

    @Test
    void aFewLinksAreNoPopulation() {
        world.clique("x", 3);
        world.pass(30);
        world.path("x0", "x1", "turn-1");
        world.path("x0", "x2", "turn-1");
        world.pass(60);
        assertThat(shown.above("relayed_share", 0)).isEmpty();
    }
}
