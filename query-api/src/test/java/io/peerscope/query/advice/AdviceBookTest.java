package io.peerscope.query.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is advised, and what becomes of it, told as stories. */
class AdviceBookTest {
    private final AdviceWorld world = new AdviceWorld();
    private final Adviser adviser = new Adviser(0.25);
    private final AdviceBook book = new AdviceBook(adviser, Duration.ofSeconds(30));
    private final Map<String, Advice> live = new LinkedHashMap<>();
    private final List<Advice> decided = new ArrayList<>();

    private void look() {
        AdviceBook.Changes changes = book.look(List.copyOf(live.values()), world.picture(), world.now);
        changes.takenBack().forEach(advice -> live.remove(advice.id()));
        for (Advice advice : changes.kept()) {
            if (advice.live()) {
                live.put(advice.id(), advice);
            } else {
                live.remove(advice.id());
                decided.add(advice);
            }
        }
        world.pass(5);
    }

    private Advice only() {
        assertThat(live).hasSize(1);
        return live.values().iterator().next();
    }

    /** Five players that are 90 ms from A and 50 ms from B. */
    private void playersNearerToB() {
        for (int i = 0; i < 5; i++) {
            world.link("a", "p" + i, 86 + 2 * i).link("b", "p" + i, 46 + 2 * i);
        }
        world.map("prontera", "a");
    }

    @Test
    void aMapMovesToWhereItsPlayersAreNearAndTheEffectIsMeasured() {
        playersNearerToB();
        look();
        Advice advice = only();
        assertThat(advice.kind()).isEqualTo(AdviceKind.MOVE_MAP);
        assertThat(advice.map()).isEqualTo("prontera");
        assertThat(advice.from()).isEqualTo("a");
        assertThat(advice.to()).isEqualTo("b");
        assertThat(advice.gain()).isEqualTo(40);
        assertThat(advice.peers()).hasSize(5);

        world.map("prontera", "b");
        look();
        assertThat(only().state()).isEqualTo(AdviceState.APPLIED);
        world.pass(30);
        look();
        assertThat(decided).singleElement().satisfies(each -> {
            assertThat(each.state()).isEqualTo(AdviceState.CONFIRMED);
            assertThat(each.measured()).isEqualTo(50);
            assertThat(each.measuredGain()).isEqualTo(40);
        });
        assertThat(live).isEmpty();
    }

    @Test
    void aMoveThatMakesItWorseIsRefutedAndAdviceOfItsKindCountsLess() {
        playersNearerToB();
        look();
        world.map("prontera", "b");
        look();
        for (int i = 0; i < 5; i++) {
            world.link("b", "p" + i, 140);
        }
        world.pass(30);
        look();
        assertThat(decided).singleElement().extracting(Advice::state).isEqualTo(AdviceState.REFUTED);
        assertThat(decided.getFirst().measuredGain()).isEqualTo(-50);
        assertThat(TrackRecord.of(AdviceKind.MOVE_MAP, 0, 1).weight()).isLessThan(1);
        assertThat(TrackRecord.of(AdviceKind.MOVE_MAP, 1, 0).weight()).isEqualTo(1);
    }

    @Test
    void whoHasTooLittleLeftIsNeverAskedToDoMore() {
        playersNearerToB();
        world.field("b", "cpu_usage", 76);
        look();
        assertThat(live).isEmpty();
        world.field("b", "cpu_usage", 20).field("b", "player_capacity", 20).field("b", "player_count", 11);
        look();
        assertThat(live).as("five players more would leave a fifth").isEmpty();
        world.field("b", "player_count", 9);
        look();
        assertThat(only().headroom()).isEqualTo(0.3);
    }

    /** Links to other hosts of maps say nothing of how far players are. */
    @Test
    void hostsOfOtherMapsAreNoPlayers() {
        playersNearerToB();
        for (int i = 0; i < 20; i++) {
            world.link("a", "server" + i, 10).map("map" + i, "server" + i);
        }
        look();
        Advice advice = only();
        assertThat(advice.to()).isEqualTo("b");
        assertThat(advice.gain()).isEqualTo(40);
        assertThat(advice.peers()).containsExactly("p0", "p1", "p2", "p3", "p4");
    }

    @Test
    void whereEverybodyRunsAMapAllThatAreLinkedArePlayers() {
        playersNearerToB();
        for (int i = 0; i < 5; i++) {
            world.map("map" + i, "p" + i);
        }
        look();
        assertThat(live.values())
                .filteredOn(advice -> advice.from().equals("a"))
                .singleElement()
                .satisfies(advice -> assertThat(advice.peers()).hasSize(5));
    }

    @Test
    void adviceWithoutAReasonIsTakenBackAfterAMinute() {
        playersNearerToB();
        look();
        for (int i = 0; i < 5; i++) {
            world.link("a", "p" + i, 50);
        }
        look();
        assertThat(live).hasSize(1);
        world.pass(61);
        look();
        assertThat(live).isEmpty();
        assertThat(decided).isEmpty();
    }

    @Test
    void aSlowLinkGoesThroughAHostThatIsNearToBothEnds() {
        world.link("x", "y", 250).link("x", "c", 30).link("c", "y", 40);
        look();
        Advice advice = only();
        assertThat(advice.kind()).isEqualTo(AdviceKind.RELAY_LINK);
        assertThat(advice.via()).isEqualTo("c");
        assertThat(advice.gain()).isEqualTo(180);
        world.link("x", "y", 75).relayed("x", "y", "c");
        look();
        world.pass(30);
        look();
        assertThat(decided).singleElement().extracting(Advice::state).isEqualTo(AdviceState.CONFIRMED);
    }

    @Test
    void whereOneLinkHoldsTheMeshTogetherASecondOneIsAdvised() {
        world.link("a0", "a1", 10)
                .link("a0", "a2", 10)
                .link("b0", "b1", 10)
                .link("b0", "b2", 10)
                .link("a0", "b0", 10);
        world.bridge("a0", "b0").field("a2", "cpu_usage", 10).field("a1", "cpu_usage", 60);
        look();
        Advice advice = only();
        assertThat(advice.kind()).isEqualTo(AdviceKind.SECOND_LINK);
        assertThat(advice.from()).isEqualTo("a2");
        assertThat(advice.to()).isEqualTo("b1");
        assertThat(advice.gain()).isEqualTo(3);
        world.link("a2", "b1", 20).bridge();
        look();
        world.pass(30);
        look();
        assertThat(decided).singleElement().extracting(Advice::state).isEqualTo(AdviceState.CONFIRMED);
    }

    @Test
    void aHostIsToldOfPeersThatMustBeNearerThanItsOwn() {
        world.link("h", "near", 10)
                .link("h", "far", 290)
                .link("near", "new", 12)
                .link("far", "late", 100);
        assertThat(adviser.peersFor("h", world.picture(), world.now))
                .singleElement()
                .satisfies(advice -> {
                    assertThat(advice.to()).isEqualTo("new");
                    assertThat(advice.before()).isEqualTo(150);
                    assertThat(advice.predicted()).isEqualTo(22);
                });
        assertThat(adviser.peersFor("nobody", world.picture(), world.now)).isEmpty();
    }
}
