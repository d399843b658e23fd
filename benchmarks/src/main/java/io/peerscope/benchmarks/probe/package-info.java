/** How long it takes until somebody is told. */
package io.peerscope.benchmarks.probe;
