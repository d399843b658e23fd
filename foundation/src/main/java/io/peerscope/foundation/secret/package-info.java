/** Secrets that must be kept, sealed so that who reads topics, disks or backups has nothing of them. */
package io.peerscope.foundation.secret;
