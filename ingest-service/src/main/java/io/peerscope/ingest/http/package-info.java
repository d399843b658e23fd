/** The doors: HTTP in front of the intake. One request stays on one event loop; large bodies are read on workers. */
package io.peerscope.ingest.http;
