package dev.holdfast.load;

import dev.holdfast.report.format.Launcher;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a load shall do.
 *
 * @param url the target, {@code ws} or {@code wss}
 * @param http where its HTTP is; null when nobody polls
 * @param resume whether those who stream or drop speak profile resume
 * @param users how many people at once, over all injectors
 * @param mix who they are
 * @param durationMs how long people go on talking; what is under way then may end
 * @param says what people say, in turn
 * @param streams what those say who want a streamed answer
 * @param messagesEach how many messages make a conversation; then the person leaves, the
 *     conversation is judged, and the person comes back with a new one
 * @param answerTimeoutMs how long to wait for a greeting or an answer before the conversation is
 *     given up and judged as it is
 * @param heartbeatMs between two pings of a client; 0 to do as the server says
 * @param restarts whether the storm comes from the server, which somebody restarts, and not from
 *     the people's network
 * @param share which part of it this injector carries
 * @param seed of all chance in clients, but ids
 * @param via the host or address of the target that this injector dials; null for the URL's
 * @param again the command that names this target again, without the load's own options; null where
 *     only the URL is known
 */
public record LoadPlan(
    URI url,
    @Nullable URI http,
    LoadProfile profile,
    boolean resume,
    int users,
    Mix mix,
    long durationMs,
    List<String> says,
    String streams,
    Pace pace,
    int messagesEach,
    long answerTimeoutMs,
    long heartbeatMs,
    boolean restarts,
    Share share,
    long seed,
    @Nullable String via,
    @Nullable String again) {
  /** When a storm breaks, as a share of the duration: the rest is for coming back. */
  public static final double STORM_AT = 1 / 3.0;

  private static final String STORY = "Create a P1 story for the login page";
  private static final long ANSWER_TIMEOUT_MS = 10_000;
  private static final long STORM_TIMEOUT_MS = 40_000;
  private static final int MOST_USERS = 100_000;
  private static final long LONGEST_MS = 7 * 24 * 3_600_000L;
  private static final long SHORTEST_HEARTBEAT_MS = 1_000;
  private static final long LONGEST_HEARTBEAT_MS = 30_000;

  public LoadPlan {
    says = List.copyOf(says);
    demand(
        ("ws".equals(url.getScheme()) || "wss".equals(url.getScheme())) && url.getHost() != null,
        "a load needs a URL like ws://127.0.0.1:8001/ws/chat, not " + url);
    demand(users >= 1 && users <= MOST_USERS, "users: 1 to " + MOST_USERS + ", not " + users);
    demand(
        users >= share.of(),
        String.format(Locale.ROOT, "%d injectors need as many people at least", share.of()));
    demand(
        durationMs >= 1_000 && durationMs <= LONGEST_MS,
        "duration: from one second to a week, not " + durationMs + " ms");
    demand(
        !says.isEmpty() && says.stream().noneMatch(String::isBlank) && !streams.isBlank(),
        "people need something to say: at least one text, none empty");
    demand(messagesEach >= 1, "a conversation has at least one message, not " + messagesEach);
    demand(answerTimeoutMs >= 1, "an answer may take 1 ms or more, not " + answerTimeoutMs);
    demand(heartbeatMs >= 0, "a heartbeat comes every 0 ms or more, not " + heartbeatMs);
    demand(
        http != null || !mix.has(Persona.POLL),
        "people who poll need to know where: declare target.http");
  }

  /** The profile as it is meant, against that target; everybody talks. */
  public static LoadPlan of(LoadProfile profile, URI url) {
    boolean storm = profile == LoadProfile.STORM;
    return new LoadPlan(
        url,
        null,
        profile,
        false,
        profile.users(),
        Mix.TALKERS,
        profile.durationMs(),
        List.of(STORY),
        STORY,
        profile.pace(),
        profile.messagesEach(),
        storm ? STORM_TIMEOUT_MS : ANSWER_TIMEOUT_MS,
        heartbeat(profile.durationMs()),
        false,
        Share.ALL,
        1,
        null,
        null);
  }

  /** Often enough that each client pings ten times. */
  private static long heartbeat(long durationMs) {
    return Math.clamp(durationMs / 10, SHORTEST_HEARTBEAT_MS, LONGEST_HEARTBEAT_MS);
  }

  /** Dials another host or address of the target. */
  public LoadPlan withVia(@Nullable String other) {
    return edited(e -> e.via = other);
  }

  public LoadPlan withAgain(@Nullable String command) {
    return edited(e -> e.again = command);
  }

  public LoadPlan withUrl(URI other) {
    return edited(e -> e.url = other);
  }

  public LoadPlan withHttp(@Nullable URI other) {
    return edited(e -> e.http = other);
  }

  public LoadPlan withResume(boolean offered) {
    return edited(e -> e.resume = offered);
  }

  public LoadPlan withUsers(int n) {
    return edited(e -> e.users = n);
  }

  public LoadPlan withMix(Mix other) {
    return edited(e -> e.mix = other);
  }

  public LoadPlan lasting(long ms) {
    return edited(e -> {
      e.durationMs = ms;
      e.heartbeatMs = heartbeat(ms);
    });
  }

  public LoadPlan saying(List<String> texts) {
    return edited(e -> e.says = texts);
  }

  /** What those say who want a streamed answer. */
  public LoadPlan streaming(String text) {
    return edited(e -> e.streams = text);
  }

  public LoadPlan withPace(Pace other) {
    return edited(e -> e.pace = other);
  }

  /** The same rhythm in the other model, open where {@code scheduled}. */
  public LoadPlan withModel(boolean scheduled) {
    return withPace(new Pace(scheduled, Math.max(1, pace.ms())));
  }

  public LoadPlan withMessagesEach(int n) {
    return edited(e -> e.messagesEach = n);
  }

  public LoadPlan withAnswerTimeout(long ms) {
    return edited(e -> e.answerTimeoutMs = ms);
  }

  /** Somebody restarts the server when the storm is due. */
  public LoadPlan withRestart() {
    return edited(e -> e.restarts = true);
  }

  public LoadPlan withShare(Share other) {
    return edited(e -> e.share = other);
  }

  public LoadPlan withSeed(long other) {
    return edited(e -> e.seed = other);
  }

  /** Where this injector's people connect. */
  URI dials() {
    if (via == null) {
      return url;
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String authority = Pattern.quote(url.getAuthority());
    return URI.create(url.toString().replaceFirst(authority, via + port));
  }

  /** The command that does all of this again, on one machine. */
  String command() {
    String length = durationMs % 1_000 == 0 ? durationMs / 1_000 + "s" : durationMs + "ms";
    return String.format(
        Locale.ROOT,
        "%s --profile %s --model %s --users %d --duration %s --mix %s --seed %d%s",
        again == null ? Launcher.with("load " + url) : again,
        profile.word(),
        model(),
        users,
        length,
        mix.text(),
        seed,
        share.of() == 1 ? "" : " --injectors " + share.of());
  }

  /** {@code open} or {@code closed}. */
  public String model() {
    return pace.scheduled() ? "open" : "closed";
  }

  /** Whether anybody of the people connects; who polls does not. */
  boolean somebodyDials() {
    return Arrays.stream(Persona.values()).anyMatch(p -> p != Persona.POLL && mix.has(p));
  }

  /** This injector's people. */
  Map<Persona, Integer> crowd() {
    return mix.of(share.users(users));
  }

  /** When the storm is due. */
  long stormAtMs() {
    return Math.round(durationMs * STORM_AT);
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private LoadPlan edited(Consumer<Edit> change) {
    Edit edit = new Edit(this);
    change.accept(edit);
    return edit.plan(this);
  }

  /** What of a plan can be changed one by one. */
  private static final class Edit {
    URI url;
    @Nullable URI http;
    boolean resume;
    int users;
    Mix mix;
    long durationMs;
    List<String> says;
    String streams;
    Pace pace;
    int messagesEach;
    long answerTimeoutMs;
    long heartbeatMs;
    boolean restarts;
    Share share;
    long seed;
    @Nullable String via;
    @Nullable String again;

    Edit(LoadPlan plan) {
      url = plan.url;
      http = plan.http;
      resume = plan.resume;
      users = plan.users;
      mix = plan.mix;
      durationMs = plan.durationMs;
      says = plan.says;
      streams = plan.streams;
      pace = plan.pace;
      messagesEach = plan.messagesEach;
      answerTimeoutMs = plan.answerTimeoutMs;
      heartbeatMs = plan.heartbeatMs;
      restarts = plan.restarts;
      share = plan.share;
      seed = plan.seed;
      via = plan.via;
      again = plan.again;
    }

    LoadPlan plan(LoadPlan before) {
      return new LoadPlan(
          url,
          http,
          before.profile,
          resume,
          users,
          mix,
          durationMs,
          says,
          streams,
          pace,
          messagesEach,
          answerTimeoutMs,
          heartbeatMs,
          restarts,
          share,
          seed,
          via,
          again);
    }
  }
}
