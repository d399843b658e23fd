/** The dashboard in a real browser, over a network of any size. */
package io.peerscope.benchmarks.page;
