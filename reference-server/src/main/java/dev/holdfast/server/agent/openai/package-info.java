/** An agent that asks a model behind an OpenAI-compatible streaming endpoint. */
@NullMarked
package dev.holdfast.server.agent.openai;

import org.jspecify.annotations.NullMarked;
