package io.peerscope.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.agent.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSegmentTest {
    private static final int HEADER = 32;

    @TempDir
    Path folder;

    private byte[] written;
    private int reportLength;

    @BeforeEach
    void threeReports() throws IOException {
        FileSegment segment = FileSegment.create(folder, 7, 42, 100);
        for (long time : new long[] {1001, 1002, 1003}) {
            segment.append(Reports.at(time));
        }
        segment.seal();
        written = Files.readAllBytes(segment.file());
        reportLength = (written.length - HEADER) / 3;
    }

    @Test
    void what_was_written_is_read_again() throws IOException {
        FileSegment segment = reopened(written);
        assertThat(segment.number()).isEqualTo(7);
        assertThat(segment.run()).isEqualTo(42);
        assertThat(segment.firstReport()).isEqualTo(100);
        assertThat(segment.bytes()).isEqualTo(written.length);
        assertThat(read(segment)).containsExactly(Reports.at(1001), Reports.at(1002), Reports.at(1003));
    }

    @Test
    void wherever_the_file_is_torn_the_whole_reports_before_it_are_there() throws IOException {
        for (int length = HEADER; length <= written.length; length++) {
            FileSegment segment = reopened(Arrays.copyOf(written, length));
            List<Report> whole = LongStream.range(0, (length - HEADER) / reportLength)
                    .mapToObj(i -> Reports.at(1001 + i))
                    .toList();
            assertThat(read(segment)).as("torn after %d bytes", length).isEqualTo(whole);
            assertThat(segment.unreadable()).isZero();
        }
    }

    @Test
    void a_torn_header_makes_no_segment() throws IOException {
        for (int length = 0; length < HEADER - 4; length++) {
            assertThat(FileSegment.open(file(Arrays.copyOf(written, length)))).isEmpty();
        }
        assertThat(FileSegment.open(Files.writeString(folder.resolve("notes.reports"), "x".repeat(100))))
                .isEmpty();
    }

    @Test
    void a_rotten_report_is_left_out_and_the_others_keep_their_places() throws IOException {
        byte[] rotten = written.clone();
        rotten[HEADER + reportLength + 20] ^= 1;
        FileSegment segment = reopened(rotten);
        assertThat(segment.unreadable()).isOne();
        assertThat(segment.count()).isEqualTo(3);
        assertThat(read(segment)).containsExactly(Reports.at(1001), Reports.at(1003));
    }

    @Test
    void a_length_that_is_none_ends_the_file() throws IOException {
        byte[] rotten = written.clone();
        rotten[HEADER + reportLength] = (byte) 0xff;
        assertThat(read(reopened(rotten))).containsExactly(Reports.at(1001));
    }

    private FileSegment reopened(byte[] bytes) throws IOException {
        return FileSegment.open(file(bytes)).orElseThrow();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("%016x.reports".formatted(7)), bytes);
    }

    private static List<Report> read(FileSegment segment) throws IOException {
        List<Report> reports = new ArrayList<>();
        assertThat(segment.read(0, Integer.MAX_VALUE, reports::add)).isEqualTo(segment.count());
        return reports;
    }
}
