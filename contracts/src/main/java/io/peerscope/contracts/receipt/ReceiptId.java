package io.peerscope.contracts.receipt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sender is given to ask for the fate of what he sent. It says where the records lie, and the secret that stands in
 * them, so that it needs no directory and cannot be guessed. Text: {@code secret.partition-offset.partition-offset…},
 * numbers to base 36; where records of several requests belong to it, several of these with {@code ~} between.
 */
public record ReceiptId(List<Part> parts) {
    /** A request that makes more records has no receipt: it would be longer than a URL may be. */
    public static final int MOST_PLACES = 64;

    private static final int MOST_CHARACTERS = 3000;
    private static final int RADIX = 36;

    /** A record of {@code metrics.points}. */
    public record Place(int partition, long offset) {}

    /**
     * Records of one request.
     *
     * @param secret stands in each of them
     */
    public record Part(String secret, List<Place> places) {}

    /** Joins what belongs to one secret. */
    public static ReceiptId of(List<Part> parts) {
        if (parts.size() == 1) {
            return new ReceiptId(List.copyOf(parts));
        }
        Map<String, List<Place>> places = new LinkedHashMap<>();
        for (Part part : parts) {
            places.computeIfAbsent(
                            part.secret(),
                            secret -> new ArrayList<>(part.places().size()))
                    .addAll(part.places());
        }
        List<Part> joined = new ArrayList<>(places.size());
        places.forEach((secret, all) -> joined.add(new Part(secret, List.copyOf(all))));
        return new ReceiptId(List.copyOf(joined));
    }

    /** "" where it would be too long. */
    public String text() {
        int places = 0;
        StringBuilder text = new StringBuilder(40);
        for (Part part : parts) {
            text.append(text.isEmpty() ? "" : "~").append(part.secret());
            for (Place place : part.places()) {
                text.append('.')
                        .append(Integer.toString(place.partition(), RADIX))
                        .append('-')
                        .append(Long.toString(place.offset(), RADIX));
            }
            places += part.places().size();
        }
        return places > MOST_PLACES || text.length() > MOST_CHARACTERS ? "" : text.toString();
    }

    /** Empty where it is none of ours. */
    public static Optional<ReceiptId> parse(String text) {
        if (text.isEmpty() || text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        int places = 0;
        for (String part : text.split("~", -1)) {
            String[] words = part.split("\\.", -1);
            if (words[0].isEmpty()) {
                return Optional.empty();
            }
            List<Place> of = new ArrayList<>(words.length - 1);
            for (int i = 1; i < words.length; i++) {
                Optional<Place> place = place(words[i]);
                if (place.isEmpty() || ++places > MOST_PLACES) {
                    return Optional.empty();
                }
                of.add(place.get());
            }
            parts.add(new Part(words[0], List.copyOf(of)));
        }
        return Optional.of(new ReceiptId(List.copyOf(parts)));
    }

    private static Optional<Place> place(String text) {
        int dash = text.indexOf('-');
        if (dash <= 0 || dash == text.length() - 1 || !alphanumeric(text, dash)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Place(
                    Integer.parseInt(text.substring(0, dash), RADIX), Long.parseLong(text.substring(dash + 1), RADIX)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** So that there is one text for each place: no signs, no capitals, no digits of other scripts. */
    private static boolean alphanumeric(String text, int but) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != but && (c < '0' || c > '9') && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return true;
    }
}
