/** What a piece of work was part of, told to a collector of OpenTelemetry; the only place that knows its SDK. */
package io.peerscope.foundation.trace;
