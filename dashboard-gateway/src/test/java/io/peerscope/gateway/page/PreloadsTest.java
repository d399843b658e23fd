package io.peerscope.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreloadsTest {
    private static final Map<String, String> FILES = Map.of(
            "/index.html", "<script type=\"module\" src=\"/static/bundle/app-A1.js\"></script>",
            "/static/bundle/app-A1.js",
                    "import{a}from\"/static/bundle/chunk-B2.js\";import\"/static/bundle/chunk-C3.js\";import(\"/static/bundle/help-dialog-D4.js\")",
            "/static/bundle/chunk-B2.js",
                    "import\"/static/bundle/chunk-C3.js\";const p=()=>import(\"/static/bundle/hosts-page-E5.js\")",
            "/static/bundle/chunk-C3.js", "import\"/static/bundle/chunk-B2.js\"",
            "/static/bundle/hosts-page-E5.js", "import\"/static/bundle/chunk-F6.js\"");

    private final Preloads preloads = new Preloads("/index.html", file -> Optional.ofNullable(FILES.get(file)));

    @Test
    void aPageIsToldWithAllThatItNeedsAtOnce() {
        assertThat(preloads.link("hosts").split(", "))
                .containsExactly(
                        "</static/bundle/app-A1.js>; rel=modulepreload",
                        "</static/bundle/chunk-B2.js>; rel=modulepreload",
                        "</static/bundle/chunk-C3.js>; rel=modulepreload",
                        "</static/bundle/hosts-page-E5.js>; rel=modulepreload",
                        "</static/bundle/chunk-F6.js>; rel=modulepreload");
    }

    @Test
    void anyOtherPageWithWhatAllNeed() {
        assertThat(preloads.link("hosts/x")).contains("chunk-C3").doesNotContain("hosts-page", "help-dialog");
        assertThat(new Preloads("/none.html", file -> Optional.empty()).link("hosts"))
                .isEmpty();
    }
}
