package io.peerscope.query.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists as every address answers them. */
final class Listing {
    private Listing() {}

    static Map<String, Object> all(String name, List<?> items) {
        Map<String, Object> listing = new LinkedHashMap<>();
        listing.put(name, items);
        listing.put("total", items.size());
        return listing;
    }

    /** A list that is short enough to be held: all of it where no page size is asked for, up to the largest page. */
    static Map<String, Object> held(String name, List<?> all, @Nullable String page, @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize == null ? Integer.toString(Query.MAX_PAGE_SIZE) : pageSize);
        return page(name, paging.of(all), all.size(), paging);
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
