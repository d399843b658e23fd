/** What a run leaves behind: text and JSON. */
package io.peerscope.benchmarks.report;
