package io.peerscope.notify.message;

/** An address to which paths are added; however many slashes somebody wrote at its end. */
public record BaseUrl(String url) {
    public BaseUrl {
        url = url.replaceFirst("/+$", "");
    }

    /** @param path begins with a slash */
    public String with(String path) {
        return url + path;
    }
}
