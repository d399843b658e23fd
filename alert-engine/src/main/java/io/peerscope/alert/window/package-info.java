/** What a subject sent lately, and what rules measure in it. Pure. */
@NullMarked
package io.peerscope.alert.window;

import org.jspecify.annotations.NullMarked;
