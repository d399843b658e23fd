package io.peerscope.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresentedTest {
    private static final Optional<String> NONE = Optional.empty();

    @Test
    void tokenStandsBehindTheWordBearer() {
        assertThat(Presented.in(NONE, Optional.of("bearer, ps_1"), NONE)).contains(new Presented.Token("ps_1"));
        assertThat(Presented.in(NONE, Optional.of("json,bearer,ps_1,x"), NONE)).contains(new Presented.Token("ps_1"));
        assertThat(Presented.in(NONE, Optional.of("bearer"), NONE)).isEmpty();
        assertThat(Presented.in(NONE, Optional.of("ps_1"), NONE)).isEmpty();
    }

    @Test
    void headerOfProgramsIsUnderstoodToo() {
        assertThat(Presented.in(Optional.of("Bearer ps_1"), NONE, NONE)).contains(new Presented.Token("ps_1"));
        assertThat(Presented.in(Optional.of("Basic abc"), NONE, NONE)).isEmpty();
    }

    @Test
    void tokenGoesBeforeCookie() {
        assertThat(Presented.in(NONE, Optional.of("bearer, ps_1"), Optional.of("ps_2")))
                .contains(new Presented.Token("ps_1"));
        assertThat(Presented.in(NONE, NONE, Optional.of("ps_2"))).contains(new Presented.SessionCookie("ps_2"));
    }
}
