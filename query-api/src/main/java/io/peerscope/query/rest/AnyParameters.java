package io.peerscope.query.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Parameters that this address does not know are passed over: somebody else makes them up. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface AnyParameters {}
