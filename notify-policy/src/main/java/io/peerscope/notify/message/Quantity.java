package io.peerscope.notify.message;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.catalogue.Span;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How values of a field are written: with the catalogue's unit, long times as spans, and no more digits than one reads. */
record Quantity(String unit) {
    private static final int DECIMALS = 2;
    private static final int DIGITS = 3;

    static Quantity of(String metric) {
        return new Quantity(
                MetricCatalogue.load().find(metric).map(MetricDefinition::unit).orElse(""));
    }

    String text(double value) {
        return switch (unit) {
            case "" -> number(value);
            case "percent" -> number(value) + " %";
            case "bytes", "bytes/s" -> scaled(value) + unit.replace("bytes", "B");
            default -> Span.of(value, unit).orElseGet(() -> number(value) + " " + unit);
        };
    }

    private static String scaled(double value) {
        String[] prefixes = {" ", " Ki", " Mi", " Gi", " Ti"};
        double rest = value;
        int step = 0;
        while (Math.abs(rest) >= 1024 && step < prefixes.length - 1) {
            rest /= 1024;
            step++;
        }
        return number(rest) + prefixes[step];
    }

    /** Small ones keep three digits, so that 0.0042 is not 0. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "?";
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int scale = Math.max(DECIMALS, Math.abs(value) < 0.1 && value != 0 ? DIGITS - 1 + leadingZeros(value) : 0);
        BigDecimal rounded = exact.setScale(Math.min(scale, 12), RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static int leadingZeros(double value) {
        return (int) -Math.floor(Math.log10(Math.abs(value)));
    }
}
