/** What can be measured: ourselves and others that do the same work, each started on an empty folder. */
package io.peerscope.benchmarks.server;
