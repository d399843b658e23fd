/** How an acceptance test is told: steps, and what must come true within a time. */
package io.peerscope.testkit.story;
