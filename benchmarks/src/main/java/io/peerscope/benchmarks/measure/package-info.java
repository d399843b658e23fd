/** What processes and the machine say of themselves, and the arithmetic on it. */
package io.peerscope.benchmarks.measure;
