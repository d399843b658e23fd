/**
 * From topics to tables, once each. Consumers share the partitions as a group, so several instances divide the work; what
 * makes it exactly once is not the group but the positions in the database (see {@link
 * io.peerscope.query.store.Positions}): whoever is late finds another position and starts again from it.
 */
package io.peerscope.query.materialize;
