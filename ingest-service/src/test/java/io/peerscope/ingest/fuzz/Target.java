package io.peerscope.ingest.fuzz;

import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.analytics.AnalyticsProtocol;
import io.peerscope.ingest.events.EventsProtocol;
import io.peerscope.ingest.http.BareDoor;
import io.peerscope.ingest.http.Protocol;
import io.peerscope.ingest.line.LineApi;
import io.peerscope.ingest.line.LineDecoder;
import io.peerscope.ingest.line.LineProtocol;
import io.peerscope.ingest.nativeformat.NativeProtocol;
import io.peerscope.ingest.otlp.OtlpProtocol;
import io.peerscope.ingest.remotewrite.RemoteWriteProtocol;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Every decoder, behind its door. The first byte of an input says who sends it and how, the rest is the body. */
enum Target {
    NATIVE_JSON(Target.JSON, Packing.PLAIN, Target::nativeFormat),
    NATIVE_PROTOBUF(Target.PROTOBUF, Packing.PLAIN, Target::nativeFormat),
    REMOTE_WRITE_1(Target.PROTOBUF, Packing.SNAPPY, Target::remoteWrite),
    REMOTE_WRITE_2(Target.PROTOBUF + ";proto=io.prometheus.write.v2.Request", Packing.SNAPPY, Target::remoteWrite),
    LINES_1("text/plain", Packing.PLAIN, door -> lines(door, LineApi.V1)),
    LINES_2("text/plain", Packing.PLAIN, door -> lines(door, LineApi.V2)),
    OTLP_PROTOBUF(Target.PROTOBUF, Packing.PLAIN, Target::otlp),
    OTLP_JSON(Target.JSON, Packing.PLAIN, Target::otlp),
    EVENTS(Target.JSON, Packing.PLAIN, door -> new EventsProtocol(door.events())),
    CONNECTION_METRICS(Target.JSON, Packing.PLAIN, door -> analytics(door, 0)),
    STREAMING_METRICS(Target.JSON, Packing.PLAIN, door -> analytics(door, 1));

    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final List<String> PRECISIONS = List.of("", "ns", "us", "ms", "s", "m", "h", "fortnight");

    private final String contentType;
    private final Packing usual;
    private final Function<BareDoor, Protocol> protocol;

    /** Made when it is first used: most runs use one target. */
    private static final class Doors {
        private static final BareDoor[] OPEN = new BareDoor[values().length];
    }

    Target(String contentType, Packing usual, Function<BareDoor, Protocol> protocol) {
        this.contentType = contentType;
        this.usual = usual;
        this.protocol = protocol;
    }

    private BareDoor door() {
        BareDoor known = Doors.OPEN[ordinal()];
        if (known == null) {
            known = new BareDoor(protocol);
            Doors.OPEN[ordinal()] = known;
        }
        return known;
    }

    /** Fails where {@link BareDoor} does not keep what it promises. */
    void take(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int how = input[0];
        Sender sender = (how & 1) == 0 ? new Sender.AnyHost() : new Sender.OneHost("h1");
        boolean asItIs = (how & 2) != 0;
        Packing packing = (how & 4) == 0 ? usual : Packing.values()[how >> 3 & 3];
        List<String> headers = new ArrayList<>(List.of("Content-Type", contentType));
        packing.encoding().ifPresent(encoding -> headers.addAll(List.of("Content-Encoding", encoding)));
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        if (contentType.startsWith(PROTOBUF)) {
            body = repeated(body, 1 << 2 * (how >> 5 & 7));
        }
        List<String> parameters = List.of("db", "x", "precision", PRECISIONS.get(how >> 5 & 7));
        door().send(asItIs ? body : packing.pack(body), sender, headers, parameters);
    }

    /** What is written twice in protobuf is one message with all of it: small inputs become large bodies. */
    private byte[] repeated(byte[] body, int times) {
        int most = Math.min(times, door().mostBody() / Math.max(1, body.length));
        ByteArrayOutputStream all = new ByteArrayOutputStream(most * body.length);
        for (int i = 0; i < Math.max(1, most); i++) {
            all.writeBytes(body);
        }
        return all.toByteArray();
    }

    private static Protocol nativeFormat(BareDoor door) {
        return new NativeProtocol(10_000, door.mostBody());
    }

    private static Protocol remoteWrite(BareDoor door) {
        return new RemoteWriteProtocol(door.catalogue(), door.mostBody(), 1);
    }

    private static Protocol lines(BareDoor door, LineApi api) {
        return new LineProtocol(api, new LineDecoder(door.catalogue()), door.mostBody());
    }

    private static Protocol otlp(BareDoor door) {
        return new OtlpProtocol(door.catalogue(), door.mostBody());
    }

    private static Protocol analytics(BareDoor door, int which) {
        return AnalyticsProtocol.both(door.catalogue(), "p2p-analytics").get(which);
    }
}
