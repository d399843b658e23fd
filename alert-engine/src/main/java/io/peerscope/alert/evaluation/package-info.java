/** What one task knows (rules, subjects, alerts that are not quiet) and how points, rules, commands and time move it. */
package io.peerscope.alert.evaluation;
