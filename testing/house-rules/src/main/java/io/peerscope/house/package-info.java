/** What holds for the classes of every module. Each module's own architecture test takes these in and adds its own. */
@NullMarked
package io.peerscope.house;

import org.jspecify.annotations.NullMarked;
