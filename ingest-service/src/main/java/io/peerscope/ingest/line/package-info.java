/** InfluxDB's line protocol, versions 1 and 2. All but the edge classes (Protocol, Answer, Route) is pure. */
package io.peerscope.ingest.line;
