package io.peerscope.foundation.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretBoxTest {
    private static final String PLACE = "channel/oncall/secret";
    private static final String SECRET = "whsec_bm9ib2R5IG1heSBrbm93IHRoaXMgb25l";
    private static final SecretKey OLD = key(1);
    private static final SecretKey NEW = key(2);

    @TempDir
    private Path folder;

    @Test
    void whatIsSealedSaysNothingAndComesBack() throws UnreadableSecretException {
        SecretBox box = box(OLD);
        String sealed = box.seal(SECRET, PLACE);
        assertThat(sealed).startsWith("sealed:1:" + OLD.id() + ":").doesNotContain("bm9ib2R5");
        assertThat(box.seal(SECRET, PLACE)).as("no two are alike").isNotEqualTo(sealed);
        assertThat(box.open(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(box.seal(sealed, PLACE)).as("once is enough").isEqualTo(sealed);
    }

    @Test
    void whatWasWrittenBeforeThereWasAKeyIsReadAsItIs() throws UnreadableSecretException {
        assertThat(box(OLD).open(SECRET, PLACE)).isEqualTo(SECRET);
        assertThat(box(OLD).isCurrent(SECRET)).isFalse();
        SecretBox none = SecretBox.open();
        assertThat(none.seal(SECRET, PLACE)).isEqualTo(SECRET);
        assertThat(none.isCurrent(SECRET)).isTrue();
    }

    @Test
    void anOldKeyReadsAndTheNewOneWrites() throws UnreadableSecretException {
        String sealed = box(OLD).seal(SECRET, PLACE);
        SecretBox both = box(NEW, OLD);
        assertThat(both.open(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(both.isCurrent(sealed)).isFalse();
        String again = both.seal(both.open(sealed, PLACE), PLACE);
        assertThat(both.isCurrent(again)).isTrue();
        assertThat(box(NEW).open(again, PLACE)).isEqualTo(SECRET);
    }

    @Test
    void withoutTheRightKeyItSaysWhichOneIsMissing() {
        String sealed = box(OLD).seal(SECRET, PLACE);
        assertThatThrownBy(() -> box(NEW).open(sealed, PLACE))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessageContaining(OLD.id())
                .hasMessageContaining("only " + NEW.id())
                .hasMessageContaining("peerscope.secrets.old-key-files");
        assertThatThrownBy(() -> SecretBox.open().open(sealed, PLACE)).hasMessageContaining("has none");
    }

    @Test
    void cutOffChangedOrMovedItIsRefused() {
        SecretBox box = box(OLD);
        String sealed = box.seal(SECRET, PLACE);
        for (int length = "sealed:1:".length(); length < sealed.length(); length++) {
            String cut = sealed.substring(0, length);
            assertThatThrownBy(() -> box.open(cut, PLACE))
                    .as("%d characters of it", length)
                    .isInstanceOf(UnreadableSecretException.class)
                    .hasMessageContaining(PLACE);
        }
        char[] changed = sealed.toCharArray();
        changed[changed.length - 5] = changed[changed.length - 5] == 'A' ? 'B' : 'A';
        assertThatThrownBy(() -> box.open(new String(changed), PLACE)).hasMessageContaining("changed");
        assertThatThrownBy(() -> box.open(sealed, "channel/other/secret")).hasMessageContaining("another place");
    }

    @Test
    void aChannelTravelsSealed() throws UnreadableSecretException {
        ChannelSecrets secrets = new ChannelSecrets(box(OLD));
        Channel channel = channel("https://discord.com/api/webhooks/1/topsecret", SECRET);
        Channel sealed = secrets.seal(channel);
        assertThat(new String(Json.encode(sealed), StandardCharsets.UTF_8))
                .doesNotContain("topsecret")
                .doesNotContain("bm9ib2R5");
        assertThat(Json.decode(Json.encode(sealed), Channel.class)).isEqualTo(sealed);
        assertThat(secrets.open(sealed)).isEqualTo(channel);
        assertThat(secrets.open(channel)).isEqualTo(channel);
        assertThat(secrets.isStale(channel)).isTrue();
        assertThat(secrets.isStale(sealed)).isFalse();
        assertThat(new ChannelSecrets(box(NEW, OLD)).isStale(sealed)).isTrue();
        Channel bare = new Channel(
                "mail",
                ChannelType.EMAIL,
                true,
                channel.interest(),
                channel.pace(),
                channel.turn(),
                new Channel.Target(null, null, List.of("a@b"), null),
                null);
        assertThat(secrets.seal(bare)).isEqualTo(bare);
        assertThat(secrets.isStale(bare)).isFalse();
    }

    @Test
    void whatDidNotChangeStaysSealedAsItWas() throws UnreadableSecretException {
        ChannelSecrets secrets = new ChannelSecrets(box(OLD));
        Channel sealed = secrets.seal(channel("https://192.0.2.1/a", SECRET));
        Channel same = secrets.seal(channel("https://192.0.2.1/a", SECRET), sealed);
        assertThat(same.target()).isEqualTo(sealed.target());
        Channel moved = secrets.seal(channel("https://192.0.2.1/b", SECRET), sealed);
        assertThat(moved.target().url()).isNotEqualTo(sealed.target().url());
        assertThat(moved.target().secret()).isEqualTo(sealed.target().secret());
        assertThat(secrets.open(moved).target().url()).isEqualTo("https://192.0.2.1/b");
        ChannelSecrets later = new ChannelSecrets(box(NEW, OLD));
        Channel again = later.seal(channel("https://192.0.2.1/a", SECRET), sealed);
        assertThat(later.isStale(again)).as("an old key is not kept").isFalse();
    }

    @Test
    void keysComeFromFilesOrSettingsAndWrongOnesAreNamedButNotShown() throws Exception {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        String text = Base64.getEncoder().encodeToString(bytes);
        Path file = Files.writeString(folder.resolve("key"), text + "\n");
        String sealed = settings(text, null, List.of()).toBox().seal(SECRET, PLACE);
        assertThat(settings(null, file, List.of()).toBox().open(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(settings("00".repeat(32), null, List.of(text)).toBox().open(sealed, PLACE))
                .isEqualTo(SECRET);
        assertThatThrownBy(() -> settings("c2hvcnQ=", null, List.of()).toBox())
                .hasMessageContaining("peerscope.secrets.key must be 32 bytes")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> settings("!" + text, null, List.of()).toBox())
                .hasMessageContaining("neither base64 nor hex")
                .hasMessageNotContaining(text);
        assertThatThrownBy(() ->
                        settings(null, folder.resolve("absent"), List.of()).toBox())
                .hasMessageContaining("peerscope.secrets.key-file")
                .hasMessageContaining("absent");
        assertThat(box(OLD).toString()).isEqualTo("SecretBox[" + OLD.id() + "]");
    }

    private static Channel channel(String url, String secret) {
        return new Channel(
                "oncall",
                ChannelType.WEBHOOK,
                true,
                new Channel.Interest(Severity.WARNING, Map.of(), true),
                new Channel.Pace(300, 10, List.of(), 0, 0),
                Channel.Turn.atOnce(),
                new Channel.Target(url, secret, List.of(), null),
                null);
    }

    private static SecretKey key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return SecretKey.of(bytes);
    }

    private static SecretBox box(SecretKey current, SecretKey... old) {
        return new SecretBox(Optional.of(current), List.of(old), new SecureRandom());
    }

    private static SecretsSettings settings(@Nullable String key, @Nullable Path file, List<String> old) {
        return new SecretsSettings() {
            @Override
            public Optional<String> key() {
                return Optional.ofNullable(key);
            }

            @Override
            public Optional<Path> keyFile() {
                return Optional.ofNullable(file);
            }

            @Override
            public Optional<List<String>> oldKeys() {
                return Optional.of(old);
            }

            @Override
            public Optional<List<Path>> oldKeyFiles() {
                return Optional.empty();
            }
        };
    }
}
