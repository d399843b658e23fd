/** What was measured, and how it is said in the words of the ingest API. */
package io.peerscope.agent.report;
