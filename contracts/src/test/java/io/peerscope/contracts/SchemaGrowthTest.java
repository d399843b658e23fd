package io.peerscope.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.peerscope.contracts.proto.PointBatch;
import io.peerscope.contracts.proto.RollupBatch;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Services are upgraded one by one, so the one reads what the other version wrote: fields are only ever added. */
class SchemaGrowthTest {
    private static final String GOLDEN = "schema.txt";

    @Test
    void noFieldIsTakenAwayOrMeansSomethingElse() {
        assertThat(now()).containsAll(Golden.text(GOLDEN).lines().toList());
    }

    @Test
    void whatIsAddedIsWrittenDownToStay() {
        noFieldIsTakenAwayOrMeansSomethingElse();
        Golden.assertText(GOLDEN, String.join("\n", now()) + "\n");
    }

    /** One line for each field and each value of an enum: where it is, its number, its name and type. */
    private static List<String> now() {
        return Stream.of(PointBatch.getDescriptor(), RollupBatch.getDescriptor())
                .map(Descriptor::getFile)
                .flatMap(SchemaGrowthTest::lines)
                .toList();
    }

    private static Stream<String> lines(FileDescriptor file) {
        return Stream.concat(
                file.getMessageTypes().stream()
                        .flatMap(message -> message.getFields().stream())
                        .map(field -> "%s %d %s %s"
                                .formatted(
                                        field.getContainingType().getName(),
                                        field.getNumber(),
                                        field.getName(),
                                        type(field))),
                file.getEnumTypes().stream()
                        .map(EnumDescriptor::getValues)
                        .flatMap(List::stream)
                        .map(value ->
                                "%s %d %s".formatted(value.getType().getName(), value.getNumber(), value.getName())));
    }

    private static String type(FieldDescriptor field) {
        String name =
                switch (field.getJavaType()) {
                    case MESSAGE -> field.getMessageType().getName();
                    case ENUM -> field.getEnumType().getName();
                    case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                        field.getType().name().toLowerCase(java.util.Locale.ROOT);
                };
        return field.isRepeated() ? "repeated " + name : name;
    }
}
