/** What is the case now, held in memory from compacted topics; answers also while the database is away. */
package io.peerscope.query.live;
