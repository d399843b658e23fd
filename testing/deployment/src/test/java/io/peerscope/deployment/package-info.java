/** Whether what is deployed keeps the rules that are written of it. */
package io.peerscope.deployment;
