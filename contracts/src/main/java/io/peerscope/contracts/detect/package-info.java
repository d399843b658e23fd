/** What series are expected to be: said by those who know the past, read by those who judge the present. */
package io.peerscope.contracts.detect;
