package io.peerscope.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate made out to a name, which signs itself, and its key.
 *
 * @param keys PKCS12 store with both, opened by {@link #PASSWORD}; whoever trusts it trusts the certificate
 * @param authority PEM file with the certificate alone
 */
public record SelfSigned(Path keys, Path authority) {
    public static final String PASSWORD = "changeit";

    public static SelfSigned named(String name, Path folder) throws IOException {
        Path keys = folder.resolve(name + ".p12");
        List<String> store = List.of(
                "-alias", "server", "-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name);
        Path authority = folder.resolve(name + ".pem");
        keytool(store, "-exportcert", "-rfc", "-file", authority.toString());
        return new SelfSigned(keys, authority);
    }

    /** Of a server that shows the certificate. */
    public SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(List<String> store, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(store);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(said);
        }
    }
}
