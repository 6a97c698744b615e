package dev.holdfast.server.agent.openai;

/**
 * How long the agent waits for a model, and how often it tries.
 *
 * @param answerMs until an answer begins
 * @param stallMs between two pieces of one
 * @param attempts when the endpoint says that it is busy
 * @param retryMs before the second attempt unless the endpoint says how long; doubled each time
 * @param mostRetryMs the longest of these waits
 */
public record Patience(long answerMs, long stallMs, int attempts, long retryMs, long mostRetryMs) {
  public static final Patience STANDARD = new Patience(60_000, 30_000, 3, 1_000, 20_000);
}
