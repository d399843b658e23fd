package io.peerscope.foundation.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals short secrets with AES-256-GCM: {@code sealed:1:<key id>:<base64url of nonce, ciphertext and tag>}. Each is bound to
 * its place, so that nobody who may write a topic can move one to where it would be shown or sent. Thread-safe.
 */
public final class SecretBox {
    private static final String PREFIX = "sealed:1:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_LENGTH = 8;

    private final Optional<SecretKey> current;
    private final Map<String, SecretKey> keys = new LinkedHashMap<>();
    private final SecureRandom random;

    SecretBox(Optional<SecretKey> current, List<SecretKey> old, SecureRandom random) {
        this.current = current;
        this.random = random;
        old.forEach(key -> keys.put(key.id(), key));
        current.ifPresent(key -> keys.put(key.id(), key));
    }

    /** One without keys: it seals nothing, and what is sealed stays so. */
    public static SecretBox open() {
        return new SecretBox(Optional.empty(), List.of(), new SecureRandom());
    }

    /** Whether what is written is sealed at all. */
    public boolean seals() {
        return current.isPresent();
    }

    /** By which the key that seals is told from others; not a secret. */
    public Optional<String> keyId() {
        return current.map(SecretKey::id);
    }

    public static boolean isSealed(String text) {
        return text.startsWith(PREFIX);
    }

    /** Whether it is as this box would write it. */
    public boolean isCurrent(String text) {
        return current.map(key -> text.startsWith(PREFIX + key.id() + ":")).orElse(true);
    }

    /**
     * As it may be written down. What is sealed already is left alone; without a key, so is everything.
     *
     * @param place what it is the secret of, such as {@code channel/oncall/url}
     */
    public String seal(String secret, String place) {
        if (current.isEmpty() || isSealed(secret)) {
            return secret;
        }
        SecretKey key = current.get();
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, key.aes(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return PREFIX + key.id() + ":"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /** What was sealed; what was written before there was a key is as it is. */
    public String open(String text, String place) throws UnreadableSecretException {
        if (!isSealed(text)) {
            return text;
        }
        int end = PREFIX.length() + ID_LENGTH;
        if (text.length() <= end || text.charAt(end) != ':') {
            throw damaged(place);
        }
        String id = text.substring(PREFIX.length(), end);
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new UnreadableSecretException(place + " is sealed with the key " + id + ", and this process has "
                    + (keys.isEmpty() ? "none" : "only " + String.join(", ", keys.keySet()))
                    + "; set peerscope.secrets.key-file, or name an old key in peerscope.secrets.old-key-files");
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(text.substring(end + 1));
            if (whole.length < NONCE + TAG_BITS / Byte.SIZE) {
                throw damaged(place);
            }
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key.aes(), new GCMParameterSpec(TAG_BITS, whole, 0, NONCE));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return new String(cipher.doFinal(whole, NONCE, whole.length - NONCE), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw damaged(place);
        }
    }

    private static UnreadableSecretException damaged(String place) {
        return new UnreadableSecretException(
                place + " is sealed, and what is there is cut off, changed, or was sealed for another place");
    }

    /** Without keys. */
    @Override
    public String toString() {
        return "SecretBox" + keys.keySet();
    }
}
