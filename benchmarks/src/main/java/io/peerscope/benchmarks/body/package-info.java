/** Bodies in the formats that samples arrive in: made once, and written anew in place for each sending. */
package io.peerscope.benchmarks.body;
