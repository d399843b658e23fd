/** What people may change while Peerscope runs: reading of changes and what holds. Knows no database. */
package io.peerscope.query.setting;
