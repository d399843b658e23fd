/** Rules and channels: what people decide. The topics are the truth; a change counts once it came back from there. */
package io.peerscope.query.control;
