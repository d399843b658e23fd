/** Metrics of OpenTelemetry over HTTP. All but the edge classes (Protocol, Answer) is pure. */
package io.peerscope.ingest.otlp;
