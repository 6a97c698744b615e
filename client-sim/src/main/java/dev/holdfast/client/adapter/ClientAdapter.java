package dev.holdfast.client.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.codec.JsonObject;
import dev.holdfast.protocol.codec.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The reference client under test: a command a line in, an event a line out.
 *
 * <p>On a command line {@code ClientAdapter [core|resume]} talks on standard input and output until
 * the input ends.
 */
public final class ClientAdapter implements AutoCloseable {
  private final Consumer<String> out;
  private final SimClient client;

  /** Numbers of the commands by the ids of the messages that they said; soon known. */
  private final Map<String, CompletableFuture<Long>> commands = new ConcurrentHashMap<>();

  private ClientAdapter(
      Map<String, String> environment,
      Profile profile,
      Function<ClientConfig, ClientStep> core,
      Consumer<String> out) {
    this.out = out;
    URI url = URI.create(environment.getOrDefault("HOLDFAST_URL", "ws://127.0.0.1:8001/ws/chat"));
    ClientConfig config = new AdapterSettings(environment).config(profile);
    client =
        new SimClient(
            ClientOptions.of("adapter", url)
                .with(config, core.apply(config))
                .withHttp(URI.create("http://" + url.getAuthority()))
                .withSession(environment.get("HOLDFAST_SESSION_ID"))
                .withJournal(null)
                .withSeed(System.nanoTime())
                .withListener(new Events(this)));
  }

  /**
   * Says that it is ready and connects.
   *
   * @param core makes the client's core; a broken twin wraps the real one
   * @param out takes the lines that would be printed, one at a time
   */
  public static ClientAdapter start(
      Map<String, String> environment,
      Profile profile,
      Function<ClientConfig, ClientStep> core,
      Consumer<String> out) {
    ClientAdapter adapter = new ClientAdapter(environment, profile, core, out);
    adapter.emit(ready(profile));
    adapter.client.connect();
    return adapter;
  }

  private static JsonText ready(Profile profile) {
    JsonText ready = new JsonText().object().field("event", "ready");
    ready.field("profile", profile.name().toLowerCase(Locale.ROOT));
    ready.array("capabilities").element("settled").element("http_fallback");
    if (profile == Profile.RESUME) {
      ClientConfig.TOGETHER.capabilities().forEach(ready::element);
    }
    ready.endArray().array("overrides");
    AdapterSettings.OVERRIDES.forEach(ready::element);
    return ready.endArray().field("attempt_reset", "stable").endObject();
  }

  /** Carries out one command and answers it. */
  public void command(String line) {
    JsonObject command = JsonObject.readOrNull(line);
    if (command == null) {
      throw new IllegalArgumentException("no command: " + line);
    }
    long n = command.number("n");
    switch (command.text("cmd")) {
      case "connect" -> client.connect();
      case "disconnect" -> client.disconnect();
      case "retry" -> client.retry();
      case "send" -> say(n, command.text("content"));
      case "cancel" -> client.cancel(command.text("run_id"));
      case "wait" -> {
        answerLater(n, command.number("ms"));
        return;
      }
      default -> {
        emit(reply(n).field("unsupported", true).endObject());
        return;
      }
    }
    answer(n);
  }

  private void say(long n, String content) {
    number(client.say(content)).complete(n);
  }

  private CompletableFuture<Long> number(String id) {
    return commands.computeIfAbsent(id, unknown -> new CompletableFuture<>());
  }

  private void answer(long n) {
    emit(reply(n).field("ok", true).endObject());
  }

  private static JsonText reply(long n) {
    return new JsonText().object().field("re", n);
  }

  private void answerLater(long n, long ms) {
    CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS).execute(() -> answer(n));
  }

  /** Tells an event; its data are still open. */
  void event(String event, JsonText data) {
    JsonText line = new JsonText().object().field("event", event);
    emit(line.raw("data", data.endObject().toString()).endObject());
  }

  /** An event about a message, which waits until the number of its command is known. */
  void event(String event, String id, JsonText data) {
    event(event, data.field("n", number(id).join()));
  }

  private void emit(JsonText line) {
    emitText(line.toString());
  }

  synchronized void emitText(String line) {
    out.accept(line);
  }

  static JsonText data() {
    return new JsonText().object();
  }

  @Override
  public void close() {
    client.close();
  }

  public static void main(String[] args) throws IOException {
    Profile profile = args.length > 0 && args[0].equals("resume") ? Profile.RESUME : Profile.CORE;
    run(profile, ClientMachine::new);
  }

  /** Talks on standard input and output until the input ends. */
  public static void run(Profile profile, Function<ClientConfig, ClientStep> core)
      throws IOException {
    PrintStream stdout = new PrintStream(System.out, true, UTF_8);
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (ClientAdapter adapter = start(System.getenv(), profile, core, stdout::println)) {
      @Nullable String line = in.readLine();
      while (line != null) {
        adapter.command(line);
        line = in.readLine();
      }
    }
  }
}
