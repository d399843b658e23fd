package io.peerscope.query.rest;

import io.peerscope.query.consistency.Source;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where the answer comes from: what {@code X-Read-Consistency: strong} waits for. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Shows {
    Source[] value();
}
