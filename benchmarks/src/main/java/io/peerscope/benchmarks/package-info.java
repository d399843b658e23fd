/** The load run. It measures and tells; it never judges. */
package io.peerscope.benchmarks;
