package io.peerscope.embedded;

import java.util.ArrayList;
import java.util.List;

/** Options for every JVM that is started from this one, on top of its own: the build's for JVMs of tests. */
public final class ChildJvm {
    /** Options separated by blanks; none where it is not set. */
    public static final String PROPERTY = "peerscope.child.jvm.options";

    private ChildJvm() {}

    /** Before the options that a process needs, so that those win; they hold for its own children, too. */
    public static List<String> options() {
        String options = System.getProperty(PROPERTY, "").strip();
        if (options.isEmpty()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(List.of(options.split("\\s+")));
        all.add("-D" + PROPERTY + "=" + options);
        return all;
    }
}
