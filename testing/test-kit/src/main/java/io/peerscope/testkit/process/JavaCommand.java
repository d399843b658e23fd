package io.peerscope.testkit.process;

import io.peerscope.embedded.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a Quarkus application of ours is started: the flags that {@code ./run} gives, on the Java that runs the tests, and
 * those that the build's property {@code peerscope.child.jvm.options} adds for processes that live for a test only.
 */
public final class JavaCommand {
    private JavaCommand() {}

    public static List<String> of(List<String> options, Path jar, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(ChildJvm.options());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }
}
