/** Rules in the forms of others: taken in from old configurations, given out as a Prometheus rule file. Pure. */
package io.peerscope.query.rule;
