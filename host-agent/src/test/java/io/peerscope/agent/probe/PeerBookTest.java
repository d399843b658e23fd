package io.peerscope.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerBookTest {
    @TempDir
    Path folder;

    private final List<String> complaints = new ArrayList<>();

    @Test
    void a_peer_has_a_name_an_address_and_perhaps_a_path() {
        assertThat(Peer.parse("h2=10.0.0.2:8090")).isEqualTo(new Peer("h2", "10.0.0.2", 8090, "direct"));
        assertThat(Peer.parse(" eu:h-2.x=vps.example:1/relay "))
                .isEqualTo(new Peer("eu:h-2.x", "vps.example", 1, "relay"));
        assertThat(Peer.parse("h2=[2001:db8::2]:8090")).isEqualTo(new Peer("h2", "2001:db8::2", 8090, "direct"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h2",
                "h2=10.0.0.2",
                "=10.0.0.2:1",
                "h2=10.0.0.2:0",
                "h2=10.0.0.2:65536",
                "h2=2001:db8::2:1",
                "h 2=a:1",
                "h2=a:1/"
            })
    void anything_else_is_named(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Peer.parse(text))
                .withMessageContaining("NAME=ADDRESS:PORT")
                .withMessageContaining(text);
    }

    @Test
    void a_file_for_all_hosts_is_read_anew_and_leaves_this_one_out() throws Exception {
        Path file = Files.writeString(folder.resolve("peers"), "# ours\n\nh1=10.0.0.1:1\nh2=10.0.0.2:2\n");
        PeerBook book = new PeerBook("h1", List.of(Peer.parse("h9=10.0.0.9:9")), Optional.of(file), complaints::add);
        assertThat(book.look())
                .containsOnlyKeys(Peer.parse("h9=10.0.0.9:9"), Peer.parse("h2=10.0.0.2:2"))
                .containsValue(Optional.of(new InetSocketAddress("10.0.0.2", 2)));

        Files.writeString(file, "h3=10.0.0.3:3\n");
        assertThat(names(book)).containsExactly("h9", "h3");
        Files.writeString(file, "h3=10.0.0.3:3\nh4=half");
        assertThat(names(book)).containsExactly("h9", "h3");
        Files.delete(file);
        assertThat(names(book)).containsExactly("h9", "h3");
        assertThat(complaints).hasSize(2).allMatch(text -> text.contains(file.toString()));
    }

    @Test
    void a_name_the_network_does_not_know_is_told_and_stays_a_peer() {
        Peer unknown = Peer.parse("h2=nobody.invalid:1");
        PeerBook book = new PeerBook("h1", List.of(unknown), Optional.empty(), complaints::add);
        assertThat(book.look()).containsEntry(unknown, Optional.empty());
        assertThat(complaints).singleElement().asString().contains("nobody.invalid", "h2", "probes.peers");
    }

    @Test
    void too_many_are_too_many() throws Exception {
        String lines = IntStream.range(0, 300)
                .mapToObj(i -> "p" + i + "=10.0.0.1:" + (i + 1))
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("peers"), lines);
        assertThat(new PeerBook("h1", List.of(), Optional.of(file), complaints::add).look())
                .hasSize(256);
        assertThat(complaints).singleElement().asString().contains("300");
    }

    private static List<String> names(PeerBook book) {
        return book.look().keySet().stream().map(Peer::name).toList();
    }
}
