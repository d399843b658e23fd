/** The stories: what a user, an operator and a fault do to Peerscope, and what they must see. */
package io.peerscope.endtoend;
