/** What tests of hostile inputs need, whoever takes them: the search for more, what it found, and what one may cost. */
@NullMarked
package io.peerscope.house.hostile;

import org.jspecify.annotations.NullMarked;
