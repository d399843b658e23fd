package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may use this address, at least. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Needs {
    Role value();

    /** Also those who write: hosts and fleets. What is their own is for the address to judge. */
    boolean orSender() default false;
}
