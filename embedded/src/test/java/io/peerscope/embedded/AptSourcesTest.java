package io.peerscope.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AptSourcesTest {
    private final AptSources sources = new AptSources("bookworm", "trixie");

    @Test
    void stanzasKeepMirrorAndKeyAndChangeTheRelease() {
        String text = """
                # the distribution
                Types: deb deb-src
                URIs: http://mirror.example/debian
                Suites: bookworm bookworm-updates bookworm-backports
                Components: main contrib
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: http://mirror.example/debian-security
                Suites: bookworm-security
                Components: main
                """;
        assertThat(sources.fromStanzas(text)).isEqualToIgnoringNewLines("""
                        Components: main
                        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
                        Suites: trixie trixie-updates
                        Types: deb
                        URIs: http://mirror.example/debian

                        Components: main
                        Suites: trixie-security
                        Types: deb
                        URIs: http://mirror.example/debian-security
                        """);
    }

    @Test
    void aKeyWrittenIntoTheStanzaStaysWhole() {
        String text = """
                Types: deb
                URIs: http://mirror.example/debian
                Suites: stable
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abc=
                 -----END PGP PUBLIC KEY BLOCK-----
                """;
        assertThat(sources.fromStanzas(text)).contains("Signed-By:\n -----BEGIN PGP", "\n .\n abc=\n -----END");
    }

    @Test
    void otherPeoplesRepositoriesAndDisabledOnesStayOut() {
        String text = """
                Types: deb
                URIs: https://packages.example/node
                Suites: nodistro
                Components: main

                Types: deb
                Enabled: no
                URIs: http://mirror.example/debian
                Suites: bookworm
                Components: main

                Types: deb
                URIs: https://packages.example/engine
                Suites: bookworm
                Components: stable
                """;
        assertThat(sources.fromStanzas(text)).isBlank();
    }

    @Test
    void linesKeepOptionsAndMirror() {
        String text = """
                deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] http://mirror.example/debian bookworm main contrib # ours
                deb http://mirror.example/debian-security bookworm/updates main
                deb-src http://mirror.example/debian bookworm main
                # deb http://mirror.example/debian bookworm main
                deb https://packages.example/cloud cloud-sdk-bookworm main
                """;
        assertThat(sources.fromLines(text)).isEqualTo("""
                        deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] http://mirror.example/debian trixie main
                        deb http://mirror.example/debian-security trixie-security main
                        """);
    }
}
