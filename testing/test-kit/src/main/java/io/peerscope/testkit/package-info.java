/** Peerscope as a whole, from outside: processes, clients, fakes of the outer world, and checks of what was promised. */
package io.peerscope.testkit;
