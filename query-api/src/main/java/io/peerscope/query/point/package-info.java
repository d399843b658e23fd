/** Points as they are remembered: merging of the same point sent twice, rows of a window. Knows no database. */
package io.peerscope.query.point;
