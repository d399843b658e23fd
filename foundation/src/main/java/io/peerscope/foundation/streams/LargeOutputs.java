package io.peerscope.foundation.streams;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * An output that is too large is given up, with a dead letter that says which input made it; all else as usual. Of a
 * store's changelog the input is not known, and Kafka's own handler then fails at the letter, whatever happened.
 */
public final class LargeOutputs extends DefaultProductionExceptionHandler {
    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> output, Exception failure) {
        Response usual = context.timestamp() >= 0
                ? super.handleError(context, output, failure)
                : failure instanceof RetriableException ? Response.retry() : Response.fail();
        return failure instanceof RecordTooLargeException ? Response.resume(usual.deadLetterQueueRecords()) : usual;
    }
}
