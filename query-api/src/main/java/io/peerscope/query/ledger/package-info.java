/** Accounts of samples: of what was acknowledged, what is stored, came late, came twice or could not be kept. Pure. */
package io.peerscope.query.ledger;
