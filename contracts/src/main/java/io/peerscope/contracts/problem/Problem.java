package io.peerscope.contracts.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An error answer, RFC 9457 {@code application/problem+json}. */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Detail> errors) {
    private static final int MOST_FAULTS = 100;

    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * One of several faults.
     *
     * @param index which element of the request, from 0
     * @param field which field of it
     * @param line where it stands in a document of lines, from 1
     * @param column likewise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Detail(
            @Nullable Integer index,
            @Nullable String field,
            String code,
            String detail,
            @Nullable Integer line,
            @Nullable Integer column) {
        public Detail(@Nullable Integer index, @Nullable String field, String code, String detail) {
            this(index, field, code, detail, null, null);
        }

        public Detail at(int newLine, int newColumn) {
            return new Detail(index, field, code, detail, newLine, newColumn);
        }

        public static Detail at(int index, ErrorCode code, String detail) {
            return new Detail(index, null, code.word(), detail);
        }

        public static Detail of(String field, ErrorCode code, String detail) {
            return new Detail(null, field, code.word(), detail);
        }
    }

    public Problem {
        errors = Objects.requireNonNullElse(errors, List.of()); // left out of the JSON where there are none
    }

    /** As many as somebody may want to mend before he asks again; a body full of faults makes no answer of many times its size. */
    public static List<Detail> first(List<Detail> faults) {
        return List.copyOf(faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
    }

    /** All faults in one line. A fault without a field is one of the whole. */
    public static String summaryOf(List<Detail> faults) {
        return faults.stream()
                .map(fault -> fault.field() == null || fault.field().isEmpty()
                        ? fault.detail()
                        : fault.field() + ": " + fault.detail())
                .collect(Collectors.joining("; "));
    }

    public static Problem of(ErrorCode code, String detail) {
        return of(code, detail, List.of());
    }

    public static Problem of(ErrorCode code, String detail, List<Detail> errors) {
        return new Problem(
                "urn:peerscope:problem:" + code.word(), code.title(), code.status(), detail, code.word(), errors);
    }
}
