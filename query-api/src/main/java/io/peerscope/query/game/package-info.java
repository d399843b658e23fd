/** The game as a whole: where players are, and what drifts. */
package io.peerscope.query.game;
