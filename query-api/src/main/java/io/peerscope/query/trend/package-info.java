/** Where a series is heading: pure arithmetic on even steps. The method and its limits are in docs/trends.md. */
package io.peerscope.query.trend;
