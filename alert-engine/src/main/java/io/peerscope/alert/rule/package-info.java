/** Rules made ready for judging: limits looked up fast, subjects matched once, summaries cut into pieces. */
package io.peerscope.alert.rule;
