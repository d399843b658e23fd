package io.peerscope.agent.probe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host whose agent answers probes.
 *
 * @param name what it is called as a host
 * @param address its name or address in the network
 * @param path how it is reached: direct, relay, or whatever word the network has for it
 */
public record Peer(String name, String address, int port, String path) {
    public static final String DIRECT = "direct";
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._:-]{0,127})="
            + "(?:\\[([0-9A-Fa-f:.%a-z]+)]|([^\\[\\]:/\\s]+)):(\\d{1,5})(?:/([A-Za-z0-9_-]{1,64}))?");

    /**
     * @param text such as {@code h2=10.0.0.2:8090}, {@code h2=[2001:db8::2]:8090} or {@code h2=vps.example:8090/relay}
     * @throws IllegalArgumentException saying what it must be like
     */
    public static Peer parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw wrong(text);
        }
        int port = Integer.parseInt(form.group(4));
        if (port < 1 || port > 65_535) {
            throw wrong(text);
        }
        String address = form.group(2) == null ? form.group(3) : form.group(2);
        return new Peer(form.group(1), address, port, form.group(5) == null ? DIRECT : form.group(5));
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "a peer must be like NAME=ADDRESS:PORT or NAME=ADDRESS:PORT/PATH, was " + text);
    }
}
