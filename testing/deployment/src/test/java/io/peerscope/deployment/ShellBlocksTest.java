package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.process.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No page shows commands that nobody tries, unless it is on record why. */
class ShellBlocksTest {
    private static final Path ROOT = SourceTree.root();
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    /** A picture, a JSON document, a line of HTTP. */
    private static final Pattern NO_COMMAND = Pattern.compile("^( |\\{|[A-Z]+ /)");

    private static final Pattern TEST = Pattern.compile("[A-Z]\\w+Test\\b");

    private record Block(String page, String text) {}

    private record Row(String page, String beginning, String by) {
        boolean isOf(Block block) {
            return block.page().equals(page) && block.text().startsWith(beginning);
        }
    }

    @Test
    void everyBlockIsRunOrHasAReason() throws IOException {
        List<Row> rows = rows();
        Set<Row> used = new HashSet<>();
        List<Block> unlisted = new ArrayList<>();
        for (Block block : blocks()) {
            List<Row> of = rows.stream().filter(row -> row.isOf(block)).toList();
            used.addAll(of);
            if (of.isEmpty()) {
                unlisted.add(block);
            }
        }
        assertThat(unlisted).as("say in shell-blocks.txt who runs them").isEmpty();
        assertThat(rows).as("nothing is shown like this any more").allMatch(used::contains);
    }

    @Test
    void theTestsThatRunThemNameTheirPages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> tests = files.filter(file -> file.toString().contains("/src/test/java/"))
                    .toList();
            for (Row row : rows()) {
                if (row.by().startsWith("no: ")) {
                    assertThat(TEST.matcher(row.by()).results().map(MatchResult::group))
                            .as(row.toString())
                            .allMatch(name -> tests.stream().anyMatch(file -> file.endsWith(name + ".java")));
                    continue;
                }
                Path test = tests.stream()
                        .filter(file -> file.endsWith(row.by() + ".java"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("there is no " + row.by()));
                String text = Files.readString(test);
                String page = row.page().substring(row.page().lastIndexOf('/') + 1);
                assertThat(text.contains(page) || row.by().equals("ImagesTest"))
                        .as(row.toString())
                        .isTrue();
            }
        }
    }

    private static List<Row> rows() throws IOException {
        Path list = ROOT.resolve("testing/deployment/src/test/resources/shell-blocks.txt");
        return Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\\s\\|\\s", 3))
                .map(parts -> new Row(parts[0].strip(), parts[1].strip(), parts[2].strip()))
                .toList();
    }

    private static List<Block> blocks() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> deploy = Files.walk(ROOT.resolve("deploy"), 2)) {
            pages.addAll(Stream.concat(docs, deploy)
                    .filter(file -> file.toString().endsWith(".md"))
                    .collect(Collectors.toCollection(ArrayList::new)));
        }
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                boolean shell = block.group(1).equals("sh") || block.group(1).isEmpty();
                if (shell && !NO_COMMAND.matcher(block.group(2)).find()) {
                    blocks.add(new Block(ROOT.relativize(page).toString(), block.group(2)));
                }
            }
        }
        return blocks;
    }
}
