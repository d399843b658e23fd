/** What rules that detect expect of series: made of the past, hour by hour. The method is in docs/detection.md. */
package io.peerscope.query.detect;
