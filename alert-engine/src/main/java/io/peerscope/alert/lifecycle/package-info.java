/** The life of one alert as a pure state machine: states, what moves them, and what is told of it. */
package io.peerscope.alert.lifecycle;
