package io.peerscope.agent.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file with two places that are written in turn, so that one of them is whole whenever the machine stops. It is not
 * forced to disk: what a power cut takes away of it is sent again, and counts once.
 */
final class Checkpoint implements AutoCloseable {
    private static final int PLACE = 1024;
    private static final int HEADER = 16;

    private final FileChannel file;
    private final Optional<Progress> found;
    private long version;

    private Checkpoint(FileChannel file) throws IOException {
        this.file = file;
        Optional<Progress> newest = Optional.empty();
        for (int place = 0; place < 2; place++) {
            ByteBuffer bytes = ByteBuffer.allocate(PLACE);
            while (bytes.hasRemaining() && file.read(bytes, (long) place * PLACE + bytes.position()) > 0) {
                // Until it is full, or the file ends.
            }
            long written = bytes.getLong(0);
            if (written > version && bytes.getLong(8) == crc(bytes.array())) {
                version = written;
                newest = Optional.of(Progress.readFrom(bytes.position(HEADER)));
            }
        }
        this.found = newest;
    }

    static Checkpoint open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return new Checkpoint(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What was written last, as far as it is whole. */
    Optional<Progress> found() {
        return found;
    }

    void write(Progress progress) throws IOException {
        version++;
        ByteBuffer bytes = ByteBuffer.allocate(PLACE);
        progress.writeTo(bytes.position(HEADER));
        bytes.putLong(0, version).putLong(8, crc(bytes.array()));
        long start = version % 2 * PLACE;
        bytes.position(0).limit(PLACE);
        while (bytes.hasRemaining()) {
            file.write(bytes, start + bytes.position());
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Of the version and all that follows the check sum. */
    private static long crc(byte[] place) {
        CRC32C crc = new CRC32C();
        crc.update(place, 0, 8);
        crc.update(place, HEADER, PLACE - HEADER);
        return crc.getValue();
    }
}
