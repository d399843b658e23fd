/** What a subject sent lately, and what rules measure in it. */
package io.peerscope.alert.window;
