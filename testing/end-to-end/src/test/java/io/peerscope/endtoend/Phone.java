package io.peerscope.endtoend;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import javax.imageio.ImageIO;
import org.apache.commons.codec.binary.Base32;

/** An authenticator app: reads the picture on the screen, and shows codes. */
final class Phone {
    private static final Pattern SECRET = Pattern.compile("secret=([A-Z2-7]+)");

    private final String secret;

    private Phone(String secret) {
        this.secret = secret;
    }

    /** @param screen a picture of the screen, as PNG, with a QR code on it */
    static Phone scan(byte[] screen) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(screen));
            int width = image.getWidth();
            int height = image.getHeight();
            int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
            URI uri = URI.create(new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                    .getText());
            Matcher secret = SECRET.matcher(uri.getQuery());
            if (!uri.getScheme().equals("otpauth") || !secret.find()) {
                throw new AssertionError("no app reads " + uri.getScheme() + "://" + uri.getAuthority());
            }
            return new Phone(secret.group(1));
        } catch (NotFoundException e) {
            throw new AssertionError("no QR code on the screen", e);
        } catch (ReaderException e) {
            throw new AssertionError("the QR code cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String secret() {
        return secret;
    }

    /** The code of now, or of later ones. */
    String code(int stepsAhead) {
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(new Base32().decode(secret), "RAW"),
                            Instant.now().plusSeconds(30L * stepsAhead));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
