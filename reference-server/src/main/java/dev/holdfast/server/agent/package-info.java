/** Who does the work: the port and the agents that come with it. */
@NullMarked
package dev.holdfast.server.agent;

import org.jspecify.annotations.NullMarked;
