package io.peerscope.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.PointBatchEncoder;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.foundation.trace.Span;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.events.EventIntake;
import io.peerscope.ingest.http.Encoding.Body;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import io.peerscope.ingest.intake.Intake;
import io.peerscope.ingest.intake.Reply;
import io.peerscope.ingest.intake.TallyMeter;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The way of a request from its head to its answer and to the bytes on Kafka, without a network. Whatever is sent must end
 * in an answer 2xx or 4xx, at once, for little memory, with every sample counted and every record readable again.
 */
public final class BareDoor {
    private static final int MOST_BODY = 1 << 20;
    private static final long IN_FLIGHT = 64 << 20;
    /** What an instance has learnt is forgotten now and then, so that a finding can be found again. */
    private static final int MEMORY = 1000;

    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private final Function<BareDoor, Protocol> protocols;
    private final InFlight inFlight = new InFlight(IN_FLIGHT);
    private final Costs costs = new Costs();
    private TallyMeter meter = new TallyMeter();
    private Intake intake;
    private EventIntake events;
    private Protocol protocol;
    private int requests;

    /** @param protocols makes the one that is spoken here */
    public BareDoor(Function<BareDoor, Protocol> protocols) {
        this.protocols = protocols;
        this.intake = newIntake();
        this.events = newEvents();
        this.protocol = protocols.apply(this);
    }

    public MetricCatalogue catalogue() {
        return CATALOGUE;
    }

    /** Where events go. */
    public EventIntake events() {
        return events;
    }

    /** Most bytes of a body here. */
    public int mostBody() {
        return MOST_BODY;
    }

    private Intake newIntake() {
        Admission admission = new Admission(CATALOGUE, new ClockSkew(100), Limits.standard());
        return new Intake(admission, BareDoor::write, BareDoor::note, 100, () -> "receipt", meter);
    }

    private EventIntake newEvents() {
        return new EventIntake(CATALOGUE, new ClockSkew(100), Limits.standard(), BareDoor::append, meter);
    }

    private void forget() {
        meter = new TallyMeter();
        intake = newIntake();
        events = newEvents();
        protocol = protocols.apply(this);
    }

    /**
     * @param headers name, value, name, value …
     * @param parameters of the address, likewise
     */
    public void send(byte[] body, Sender sender, List<String> headers, List<String> parameters) {
        if (++requests % MEMORY == 0) {
            forget();
        }
        costs.begin();
        exchange(body, sender, headers, parameters);
        if (!costs.inBounds()) {
            costs.begin(); // the first time, classes may have been loaded
            exchange(body, sender, headers, parameters);
            assertThat(costs.inBounds()).as("%s", costs).isTrue();
        }
    }

    private void exchange(byte[] body, Sender sender, List<String> headers, List<String> parameters) {
        Dialogue dialogue = new Dialogue();
        for (int i = 0; i < headers.size(); i += 2) {
            dialogue.header(headers.get(i), headers.get(i + 1));
        }
        for (int i = 0; i < parameters.size(); i += 2) {
            dialogue.parameter(parameters.get(i), parameters.get(i + 1));
        }
        protocol.answer(dialogue.request(), dialogue.response(), reply(dialogue, body, sender));
        assertThat(dialogue.answered()).isTrue();
        assertThat(dialogue.status() / 100).as("status %d", dialogue.status()).isIn(2, 4);
        if (dialogue.answerHeaders().get("Content-Type") instanceof String type && type.contains("json")) {
            isJson(dialogue.answer().getBytes());
        }
        assertThat(meter.balances()).as("%s", meter).isTrue();
        assertThat(inFlight.bytes()).isZero();
    }

    private Reply reply(Dialogue dialogue, byte[] body, Sender sender) {
        meter.request(protocol.name());
        switch (protocol.open(dialogue.request())) {
            case Opening.Objection objection -> {
                meter.turnedAway(objection.code());
                return new Reply.Refused(objection.code(), objection.detail(), List.of());
            }
            case Opening.Welcome reading -> {
                InFlight.Share share = inFlight.enter().orElseThrow();
                try {
                    CompletableFuture<Reply> reply = new BodyIntake(intake, meter)
                            .take(
                                    new Body(body, body.length),
                                    reading,
                                    sender,
                                    share,
                                    Drafts.NOW,
                                    samples -> false,
                                    Span.NONE)
                            .toCompletableFuture();
                    assertThat(reply.isDone()).as("an answer at once").isTrue();
                    return reply.join();
                } finally {
                    share.close();
                }
            }
        }
    }

    private static CompletionStage<List<Outcome>> write(List<PointBatch> batches, Span span) {
        PointBatchEncoder encoder = new PointBatchEncoder();
        for (PointBatch batch : batches) {
            if (!PointBatchCodec.decode(encoder.encode(batch)).equals(batch)) {
                throw new AssertionError("not read as it was written: " + batch);
            }
        }
        return CompletableFuture.completedStage(Collections.nCopies(batches.size(), new Outcome.Durable()));
    }

    private static CompletionStage<Outcome> append(List<NetworkEvent> events) {
        events.forEach(event -> isJson(Json.encode(event)));
        return durable();
    }

    private static CompletionStage<Outcome> note(ReceiptRecord receipt) {
        isJson(Json.encode(receipt));
        return durable();
    }

    private static CompletionStage<Outcome> durable() {
        return CompletableFuture.completedStage(new Outcome.Durable());
    }

    private static void isJson(byte[] text) {
        try {
            Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON", e);
        }
    }
}
