package dev.holdfast.load;

import java.net.URI;
import java.util.List;

/**
 * What a load shall do.
 *
 * @param url the target, {@code ws} or {@code wss}
 * @param users how many people at once
 * @param durationMs how long people go on talking; what is under way then may end
 * @param says what people say, in turn
 * @param messagesEach how many messages make a conversation; then the person leaves, the
 *     conversation is judged, and the person comes back with a new one
 * @param answerTimeoutMs how long to wait for a greeting or an answer before the conversation is
 *     given up and judged as it is
 * @param seed of all chance in clients, but ids
 */
public record LoadPlan(
    URI url,
    LoadProfile profile,
    int users,
    long durationMs,
    List<String> says,
    Pace pace,
    int messagesEach,
    long answerTimeoutMs,
    long seed) {
  private static final long ANSWER_TIMEOUT_MS = 10_000;
  private static final int MOST_USERS = 100_000;
  private static final long LONGEST_MS = 7 * 24 * 3_600_000L;

  public LoadPlan {
    says = List.copyOf(says);
    demand(
        ("ws".equals(url.getScheme()) || "wss".equals(url.getScheme())) && url.getHost() != null,
        "a load needs a URL like ws://127.0.0.1:8001/ws/chat, not " + url);
    demand(users >= 1 && users <= MOST_USERS, "users: 1 to " + MOST_USERS + ", not " + users);
    demand(
        durationMs >= 1_000 && durationMs <= LONGEST_MS,
        "duration: from one second to a week, not " + durationMs + " ms");
    demand(
        !says.isEmpty() && says.stream().noneMatch(String::isBlank),
        "people need something to say: at least one text, none empty");
    demand(messagesEach >= 1, "a conversation has at least one message, not " + messagesEach);
    demand(answerTimeoutMs >= 1, "an answer may take 1 ms or more, not " + answerTimeoutMs);
  }

  /** The profile as it is meant, against that target. */
  public static LoadPlan of(LoadProfile profile, URI url) {
    return new LoadPlan(
        url,
        profile,
        profile.users(),
        profile.durationMs(),
        List.of("Create a P1 story for the login page"),
        profile.pace(),
        profile.messagesEach(),
        ANSWER_TIMEOUT_MS,
        1);
  }

  public LoadPlan withUsers(int n) {
    return new LoadPlan(
        url, profile, n, durationMs, says, pace, messagesEach, answerTimeoutMs, seed);
  }

  public LoadPlan lasting(long ms) {
    return new LoadPlan(url, profile, users, ms, says, pace, messagesEach, answerTimeoutMs, seed);
  }

  public LoadPlan saying(List<String> texts) {
    return new LoadPlan(
        url, profile, users, durationMs, texts, pace, messagesEach, answerTimeoutMs, seed);
  }

  public LoadPlan withPace(Pace other) {
    return new LoadPlan(
        url, profile, users, durationMs, says, other, messagesEach, answerTimeoutMs, seed);
  }

  public LoadPlan withMessagesEach(int n) {
    return new LoadPlan(url, profile, users, durationMs, says, pace, n, answerTimeoutMs, seed);
  }

  public LoadPlan withAnswerTimeout(long ms) {
    return new LoadPlan(url, profile, users, durationMs, says, pace, messagesEach, ms, seed);
  }

  public LoadPlan withSeed(long other) {
    return new LoadPlan(
        url, profile, users, durationMs, says, pace, messagesEach, answerTimeoutMs, other);
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
