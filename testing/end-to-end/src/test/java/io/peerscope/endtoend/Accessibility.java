package io.peerscope.endtoend;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe-core finds wrong with a page for those who do not see it well, or use no mouse. */
final class Accessibility {
    private static final String AXE = "/axe/axe.min.js";
    private static final String GRAVE = """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`)
            """;

    private Accessibility() {}

    /** @return what is serious or worse */
    @SuppressWarnings("unchecked") // the script above answers a list of texts
    static List<String> graveFaults(Page page) {
        if (page.evaluate("typeof axe === 'undefined'").equals(true)) {
            page.evaluate(script());
        }
        return (List<String>) page.evaluate(GRAVE);
    }

    private static String script() {
        try (InputStream file = Accessibility.class.getResourceAsStream(AXE)) {
            if (file == null) {
                throw new IllegalStateException(AXE + " is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
