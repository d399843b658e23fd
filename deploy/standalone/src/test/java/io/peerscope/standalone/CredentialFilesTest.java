package io.peerscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.security.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFilesTest {
    @TempDir
    Path data;

    @Test
    void each_file_holds_one_token_and_only_its_owner_reads_it() throws IOException {
        CredentialFiles files = new CredentialFiles(data);
        files.create(new SecureRandom());

        for (String name : new String[] {"admin", "operator", "viewer", "fleet"}) {
            String text = Files.readString(files.file(name));
            assertThat(text).endsWith("\n");
            assertThat(Secret.parse(text.strip())).isPresent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.file(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void the_key_is_made_once_and_only_its_owner_reads_it() throws IOException {
        CredentialFiles files = new CredentialFiles(data);
        files.createKey(new SecureRandom());
        String key = Files.readString(files.key());
        assertThat(Base64.getDecoder().decode(key.strip())).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
                .isEqualTo("rw-------");
        new CredentialFiles(data).createKey(new SecureRandom());
        assertThat(Files.readString(files.key())).isEqualTo(key);
    }

    @Test
    void a_restart_keeps_the_tokens() throws IOException {
        CredentialFiles files = new CredentialFiles(data);
        files.create(new SecureRandom());
        String admin = files.read("admin");
        new CredentialFiles(data).create(new SecureRandom());

        assertThat(files.read("admin")).isEqualTo(admin);
    }
}
