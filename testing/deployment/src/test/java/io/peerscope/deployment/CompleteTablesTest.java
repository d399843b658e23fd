package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.process.SourceTree;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that say what proves what leave no row out, and no row without a test or the reason why there is none. */
class CompleteTablesTest {
    private static final Pattern TEST = Pattern.compile("`[A-Z][A-Za-z0-9]*Test`");
    private static final String REASON = "*No test*: ";

    @Test
    void everyRequirementOfSecurityIsProvenOrGivenAReason() {
        List<String> rows = rows("SECURITY.md", "S");
        assertThat(rows.stream().flatMap(row -> numbers(row, "S")))
                .containsAll(Stream.of("1-6", "10-18", "20-23", "30-37", "40-46", "50-54", "60-63", "70-76")
                        .flatMap(CompleteTablesTest::range)
                        .toList());
        assertThat(rows).allMatch(row -> TEST.matcher(row).find() || row.contains(REASON));
    }

    @Test
    void everyFaultIsProvenOrGivenAReason() {
        List<String> rows = rows("docs/promises.md", "R");
        assertThat(rows.stream().flatMap(row -> numbers(row, "R")))
                .containsAll(Stream.of("1-17", "20-34", "40-48", "50-59", "60-68", "70-73")
                        .flatMap(CompleteTablesTest::range)
                        .toList());
        assertThat(rows)
                .allMatch(row -> TEST.matcher(row).find() || row.contains("not proven") || row.contains("no test"));
    }

    private static List<String> rows(String page, String letter) {
        return Node.text(SourceTree.root().resolve(page))
                .lines()
                .filter(line -> line.startsWith("| " + letter + "-"))
                .toList();
    }

    /** Of a row's first words: one, several, or from one to another. */
    private static Stream<Integer> numbers(String row, String letter) {
        Matcher several =
                Pattern.compile(letter + "-(\\d\\d) to " + letter + "-(\\d\\d)").matcher(row);
        if (several.find() && several.start() == 2) {
            return range(several.group(1) + "-" + several.group(2));
        }
        String head = row.split("[a-z]", 2)[0];
        return Pattern.compile(letter + "-(\\d\\d)")
                .matcher(head)
                .results()
                .map(number -> Integer.parseInt(number.group(1)));
    }

    private static Stream<Integer> range(String text) {
        int[] ends = Arrays.stream(text.split("-")).mapToInt(Integer::parseInt).toArray();
        return IntStream.rangeClosed(ends[0], ends[1]).boxed();
    }
}
