/** What must be stored, from everything that was acknowledged, and whether it is. */
package io.peerscope.testkit.truth;
