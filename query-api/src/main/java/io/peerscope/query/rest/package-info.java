/** The addresses people and pages speak to. Every address says who may use it; one that does not say is refused. */
package io.peerscope.query.rest;
