package io.peerscope.contracts.catalogue;

import java.util.List;

/**
 * What is known of a state, a field whose value is a word.
 *
 * @param kinds kinds of subject that have it
 * @param values the words that are usual, lower case; others are kept as they come
 * @param aliases other names under which senders may give it
 */
public record StateDefinition(
        String name, List<String> kinds, List<String> values, List<String> aliases, String description) {}
