/** What people change while services run. */
package io.peerscope.foundation.setting;
