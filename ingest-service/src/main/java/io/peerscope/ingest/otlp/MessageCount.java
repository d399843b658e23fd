package io.peerscope.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.UndecodableException;
import java.io.IOException;

/**
 * Counts the messages of a request: an empty one takes two bytes on the wire and a hundred in memory, so the size of a
 * body says nothing about what reading it costs.
 */
final class MessageCount {
    /** A hundred thousand data points with five attributes each. */
    static final int MOST = 1_100_000;

    /** A wall in front of the stack; the parser has a lower one. */
    private static final int DEPTH = 100;

    private int count;

    /** Reads the whole input and keeps nothing of it. @return how many there are */
    static int of(CodedInputStream in, Descriptor type) throws IOException, UndecodableException {
        MessageCount messages = new MessageCount();
        messages.message(in, type, 0);
        return messages.count;
    }

    void add() throws UndecodableException {
        if (++count > MOST) {
            throw new UndecodableException(ErrorCode.TOO_MANY_POINTS, "too much in one request; send smaller batches");
        }
    }

    private void message(CodedInputStream in, Descriptor type, int depth) throws IOException, UndecodableException {
        int tag;
        while ((tag = in.readTag()) != 0) {
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean nested = field != null
                    && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (!nested) {
                in.skipField(tag);
                continue;
            }
            add();
            if (depth > DEPTH) {
                throw new InvalidProtocolBufferException("nested too deep");
            }
            int limit = in.pushLimit(in.readRawVarint32());
            message(in, field.getMessageType(), depth + 1);
            in.popLimit(limit);
        }
    }
}
