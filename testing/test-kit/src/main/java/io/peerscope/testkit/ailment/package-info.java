/** What is wrong with hosts when shipped rules speak. */
package io.peerscope.testkit.ailment;
