package io.peerscope.query.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists as every address answers them. */
final class Listing {
    private Listing() {}

    static Map<String, Object> all(String name, List<?> items) {
        Map<String, Object> listing = new LinkedHashMap<>();
        listing.put(name, items);
        listing.put("total", items.size());
        return listing;
    }

    static Map<String, Object> page(String name, List<?> items, long total, Query.Paging paging) {
        Map<String, Object> listing = new LinkedHashMap<>();
        listing.put(name, items);
        listing.put("total", total);
        listing.put("page", paging.page());
        listing.put("page_size", paging.size());
        return listing;
    }
}
