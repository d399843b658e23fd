package io.peerscope.foundation.streams;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record that cannot be processed goes to the dead letters and the next one is taken. A store or a broker that fails is
 * not the record's fault: then the thread dies, its transaction with it, and the record is processed again. Passed over it
 * would be lost, and what it had changed half-way would stay.
 */
public final class FaultyRecords extends LogAndContinueProcessingExceptionHandler {
    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> row, Exception failure) {
        return failure instanceof KafkaException && !(failure instanceof SerializationException)
                ? Response.fail()
                : super.handleError(context, row, failure);
    }
}
