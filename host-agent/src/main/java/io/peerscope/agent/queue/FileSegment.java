package io.peerscope.agent.queue;

import io.peerscope.agent.report.Report;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file: a header, then for each report its length, its CRC-32C and itself. What follows a torn report was never
 * written, as nothing is appended to a file that was opened again; a report that has rotted in the middle is left out.
 */
final class FileSegment implements Segment {
    static final String SUFFIX = ".reports";
    private static final long MAGIC = 0x5053_5155_4555_4531L;
    private static final int FILE_HEADER = 32;
    private static final int REPORT_HEADER = 8;
    /** Time and number of points before the text. */
    private static final int FIXED = 12;
    /** Longer than any report; a length beyond it is no length. */
    private static final int LONGEST = 4 << 20;

    private final Path file;
    private final long number;
    private final long run;
    private final long firstReport;
    private @Nullable FileChannel out;
    private int[] offsets = new int[64];
    private int count;
    private int bytes = FILE_HEADER;
    private int unreadable;

    private FileSegment(Path file, long number, long run, long firstReport, @Nullable FileChannel out) {
        this.file = file;
        this.number = number;
        this.run = run;
        this.firstReport = firstReport;
        this.out = out;
    }

    static FileSegment create(Path folder, long number, long run, long firstReport) throws IOException {
        Path file = folder.resolve("%016x".formatted(number) + SUFFIX);
        FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
            header.putLong(MAGIC).putLong(run).putLong(firstReport).putInt(crc(header.array(), 0, 24));
            write(out, header.position(0), 0);
        } catch (IOException e) {
            out.close();
            Files.deleteIfExists(file);
            throw e;
        }
        return new FileSegment(file, number, run, firstReport, out);
    }

    /** @return empty where the file is none of ours, or has not even a header */
    static Optional<FileSegment> open(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            byte[] header = in.readNBytes(FILE_HEADER);
            ByteBuffer fields = ByteBuffer.wrap(header);
            if (header.length < FILE_HEADER || fields.getLong() != MAGIC) {
                return Optional.empty();
            }
            long run = fields.getLong();
            long firstReport = fields.getLong();
            if (fields.getInt() != crc(header, 0, 24)) {
                return Optional.empty();
            }
            long number = Long.parseUnsignedLong(name.substring(0, name.length() - SUFFIX.length()), 16);
            FileSegment segment = new FileSegment(file, number, run, firstReport, null);
            segment.scan(in);
            return Optional.of(segment);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void scan(DataInputStream in) throws IOException {
        try {
            while (true) {
                int length = in.readInt();
                int crc = in.readInt();
                if (length < FIXED || length > LONGEST) {
                    return;
                }
                byte[] payload = in.readNBytes(length);
                if (payload.length < length) {
                    return;
                }
                boolean whole = crc(payload, 0, length) == crc;
                // The number of a rotten report stays taken, so that those behind it keep theirs.
                remember(whole ? bytes : -1, REPORT_HEADER + length);
                unreadable += whole ? 0 : 1;
            }
        } catch (EOFException e) {
            // The end, torn or not.
        }
    }

    /** Reports that were found rotten when the file was opened. */
    int unreadable() {
        return unreadable;
    }

    Path file() {
        return file;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public long run() {
        return run;
    }

    @Override
    public long firstReport() {
        return firstReport;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void append(Report report) throws IOException {
        FileChannel channel = out;
        if (channel == null) {
            throw new IOException(file + " is not written any more");
        }
        byte[] json = report.json().getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(REPORT_HEADER + FIXED + json.length);
        record.putInt(FIXED + json.length).putInt(0);
        record.putLong(report.timestamp()).putInt(report.points()).put(json);
        record.putInt(4, crc(record.array(), REPORT_HEADER, FIXED + json.length));
        // At a place of its own, so that the remains of a write that failed half way are written over.
        write(channel, record.flip(), bytes);
        remember(bytes, record.capacity());
    }

    @Override
    public int read(int from, int to, Predicate<Report> taker) throws IOException {
        int index = from;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (index < Math.min(to, count)) {
                Optional<Report> report = read(in, offsets[index]);
                if (report.isPresent() && !taker.test(report.get())) {
                    return index;
                }
                index++;
            }
        }
        return index;
    }

    private static Optional<Report> read(FileChannel in, int offset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(REPORT_HEADER);
        if (offset < 0 || !fill(in, header, offset)) {
            return Optional.empty();
        }
        int length = header.getInt(0);
        if (length < FIXED || length > LONGEST) {
            return Optional.empty();
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (!fill(in, payload, offset + REPORT_HEADER) || crc(payload.array(), 0, length) != header.getInt(4)) {
            return Optional.empty();
        }
        String json = new String(payload.array(), FIXED, length - FIXED, StandardCharsets.UTF_8);
        return Optional.of(new Report(payload.getLong(0), payload.getInt(8), json));
    }

    @Override
    public void force() throws IOException {
        if (out != null) {
            out.force(false);
        }
    }

    @Override
    public void seal() {
        FileChannel channel = out;
        out = null;
        if (channel != null) {
            try {
                channel.force(false);
                channel.close();
            } catch (IOException e) {
                // All that was written is with the operating system already.
            }
        }
    }

    @Override
    public void delete() {
        seal();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It will be found at the next start, sent once more, and counted once.
        }
    }

    private void remember(int offset, int length) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        offsets[count++] = offset;
        bytes += length;
    }

    private static void write(FileChannel out, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += out.write(bytes, at);
        }
    }

    private static boolean fill(FileChannel in, ByteBuffer bytes, long offset) throws IOException {
        while (bytes.hasRemaining()) {
            if (in.read(bytes, offset + bytes.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
