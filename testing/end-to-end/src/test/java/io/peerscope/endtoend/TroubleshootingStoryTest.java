package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.process.PeerscopeProcess;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who reads docs/troubleshooting.md and copies its commands finds that they look, and that nothing is wrong here. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class TroubleshootingStoryTest {
    /** Of installations that are not this one, of what is broken, and what changes something. */
    private static final List<String> NOT_HERE =
            List.of("10.0.0.5", "HOST", "test-notification", "verify-audit", "psql", "df -h", "begin-anew", "backup");

    @Test
    void everyCommandThatOnlyLooksFindsThatAllIsWell(PeerscopeProcess peerscope) {
        PageCommands page = new PageCommands(peerscope, "docs/troubleshooting.md", "");
        List<String> looking = page.blocks().stream()
                .filter(block -> NOT_HERE.stream().noneMatch(block::contains))
                .distinct()
                .toList();
        assertThat(looking).hasSizeGreaterThan(6);
        for (String block : looking) {
            String printed = page.run(block.replaceAll("(?m)^peerscope ", "./peerscope ")
                    .replace("127.0.0.1:9092", peerscope.bootstrapServers()));
            assertThat(printed).as(block).isNotBlank().doesNotContain("FAIL");
        }
    }
}
