package dev.holdfast.server.agent.openai;

/** Why there is no answer, in words for people: nothing of the endpoint's own, and no secret. */
final class Trouble extends Exception {
  private static final long serialVersionUID = 1L;

  private final String words;

  Trouble(String words) {
    super(words, null, false, false);
    this.words = words;
  }

  String words() {
    return words;
  }
}
