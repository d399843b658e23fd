package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BinaryCopyTest {
    private static final String HEADER = "5047434f50590aff0d0a00" + "00000000" + "00000000";
    private static final String TRAILER = "ffff";

    private final BinaryCopy copy = new BinaryCopy();

    @Test
    void writesEachTypeAsPostgresWantsIt() {
        copy.begin();
        copy.row(6);
        copy.timestamp(946_684_800_001L);
        copy.int8(7);
        copy.int4(-2);
        copy.float8Array(new double[] {1.0});
        copy.jsonb("{}".getBytes(StandardCharsets.UTF_8));
        copy.nothing();

        assertThat(hex())
                .isEqualTo(HEADER
                        + "0006"
                        + "00000008" + "00000000000003e8"
                        + "00000008" + "0000000000000007"
                        + "00000004" + "fffffffe"
                        + "00000020" + "00000001" + "00000000" + "000002bd" + "00000001" + "00000001"
                        + "00000008" + "3ff0000000000000"
                        + "00000003" + "01" + "7b7d"
                        + "ffffffff"
                        + TRAILER);
    }

    @Test
    void anEmptyArrayHasNoDimension() {
        copy.begin();
        copy.row(1);
        copy.int8Array(new long[0]);

        assertThat(hex()).isEqualTo(HEADER + "0001" + "0000000c" + "00000000" + "00000000" + "00000014" + TRAILER);
    }

    @Test
    void theBufferIsUsedAgain() {
        for (int round = 0; round < 3; round++) {
            copy.begin();
            for (int row = 0; row < 10_000; row++) {
                copy.row(1);
                copy.int8(row);
            }
        }
        assertThat(copy.toByteArray()).hasSize(19 + 10_000 * 14 + 2);
    }

    private String hex() {
        return HexFormat.of().formatHex(copy.toByteArray());
    }
}
