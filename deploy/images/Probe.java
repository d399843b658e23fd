import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Whether the service beside it is ready, for engines that ask by a command; the images have neither shell nor curl. */
public final class Probe {
    private static final int TIMEOUT_MS = 4000;

    private Probe() {}

    /** @param arguments the port, and a path where it is not readiness; ends with 0 where the answer is 200 */
    public static void main(String... arguments) {
        int port = Integer.parseInt(arguments[0]);
        String path = arguments.length > 1 ? arguments[1] : "/q/health/ready";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            System.exit(status != null && status.contains(" 200 ") ? 0 : 1);
        } catch (IOException e) {
            System.exit(1);
        }
    }
}
