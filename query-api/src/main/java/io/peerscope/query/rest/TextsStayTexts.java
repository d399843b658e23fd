package io.peerscope.query.rest;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;

/**
 * Puts in quotes what would be a number where it is read again, such as {@code "12"}, {@code "1e3"} and {@code "0x1F"}, and
 * the end of a line that is no line feed, which would become a blank.
 */
final class TextsStayTexts extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    private static final String BEGINS_A_NUMBER = "0123456789+-.";
    private static final char NEXT_LINE = '\u0085';

    @Override
    public boolean needToQuoteValue(String value) {
        return super.needToQuoteValue(value)
                || value.indexOf(NEXT_LINE) >= 0
                || !value.isEmpty() && BEGINS_A_NUMBER.indexOf(value.charAt(0)) >= 0;
    }
}
