package dev.holdfast.scenarios.honest;

import dev.holdfast.scenarios.broken.Meddling;
import dev.holdfast.scenarios.honest.Oddity.Language;
import dev.holdfast.scenarios.honest.Oddity.Manner;
import dev.holdfast.scenarios.honest.Oddity.Says;
import dev.holdfast.scenarios.honest.Oddity.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every odd server, with the warnings that are true of it. */
public final class Oddities {
  private static final Warning KNOWN_ID =
      new Warning("conversation/known-id-ends-again", "a known id starts a new run");
  private static final Warning LAST_KEY =
      new Warning("envelope/duplicate-key-is-told*", "`JSON.parse` takes the last of two keys");

  public static final List<Oddity> ALL =
      Stream.of(wires(), python(), node(), go()).flatMap(List::stream).toList();

  private Oddities() {}

  static Optional<Oddity> find(String name) {
    return ALL.stream().filter(o -> o.name().equals(name)).findAny();
  }

  private static List<Oddity> wires() {
    return List.of(
        wire(
            "pongs-without-reply-to",
            "Pongs carry no `reply_to`.",
            "Core asks for a pong, not for whose it is.",
            OddWire::pongsWithoutReplyTo),
        wire(
            "null-fields",
            "Fields that a frame does not have are there as null.",
            "A field whose value would be null *may* be left out.",
            OddWire::nullFields),
        wire(
            "pretty-printed",
            "JSON over many lines, other characters than ASCII escaped, fields in another order.",
            "The same JSON object.",
            OddWire::prettyPrinted),
        wire(
            "anonymous",
            "No frame carries `id`, `reply_to`, `run_id` or `session_id` beside its type.",
            "All but `type` and `data` are optional.",
            OddWire::anonymous,
            new Warning("envelope/reply-to-names-the-fault", "errors name no frame")),
        wire(
            "long-texts",
            "Each answer carries 200,000 characters more.",
            "No clause limits an answer below `max_frame_bytes`.",
            OddWire::longTexts),
        wire(
            "control-pings",
            "A ping of the WebSocket protocol goes before each text.",
            "RFC 6455 lets either side send pings at any time.",
            OddWire::controlPings),
        wire(
            "slow-greeting",
            "The greeting comes 1.5 s after the handshake.",
            "It is the first frame; no clause says how soon.",
            Unhurried::greeting),
        wire(
            "in-bunches",
            "Frames are delivered every 250 ms in bunches.",
            "Networks, proxies and browsers do it.",
            Unhurried::bunches));
  }

  private static List<Oddity> python() {
    return programs(
        Language.PYTHON,
        program(
            "one_at_a_time",
            "Works on one frame at a time in each session; a pong follows the answer before it.",
            "A pong is due before the next ping, 30 s later.",
            new Warning("heartbeat/pong-while-busy*", "the pong waits for the answer")),
        program(
            "burst",
            "Makes all frames of an answer at its end.",
            "No clause says when progress is told."),
        bare(),
        program("slow", "Takes 800 ms for each frame.", "No clause says how quick an agent is."),
        program(
            "byte_by_byte",
            "Sends each text in fragments of one byte.",
            "A message in fragments is the same message."),
        program(
            "forgetful",
            "Drops what it makes while no connection of the session is open.",
            "Retention is a SHOULD.",
            new Warning("queue/retained-while-away*", "nothing is retained"),
            new Warning("queue/retention-limits*", "nothing is retained")),
        program(
            "other_ids",
            "UUIDs for frames, ULIDs for runs, and fields of its own at every level.",
            "They fit the alphabet; unknown fields are ignored."),
        program(
            "hangs_up",
            "Closes 1000 after each error.",
            "A bad frame is answered by an error or a close; staying open is a SHOULD.",
            new Warning("envelope/bad-frame-keeps-the-connection", "it closes")),
        program(
            "lenient",
            "Ignores a `seq`, an `ack` or a `replay` of the wrong kind.",
            "In core they are fields that it does not know.",
            new Warning("envelope/wrong-kind-is-told/seq-text", "it does not read `seq`"),
            new Warning("envelope/wrong-kind-is-told/replay-text", "it does not read `replay`")));
  }

  private static Oddity bare() {
    return new Oddity(
        "bare",
        "Greeting, pongs, answers and errors, and nothing else: no ids, no codes, no progress.",
        "Stages and tools are optional in core; ids and codes are SHOULDs.",
        new Manner.Program(Language.PYTHON, "bare.py", Says.NO_TOOLS),
        List.of(
            new Warning("envelope/*-is-told*", "errors carry no code"),
            new Warning("conversation/*-is-told*", "errors carry no code"),
            new Warning("envelope/error-has-a-code", "errors carry no code"),
            new Warning("envelope/reply-to-names-the-fault", "errors name no frame"),
            new Warning("queue/overflow-is-told*", "errors carry no code"),
            new Warning("queue/overflow-leaves-no-silent-hole", "errors carry no code"),
            new Warning("conversation/greeting-fields", "the greeting says only that it is one")));
  }

  private static List<Oddity> node() {
    List<Oddity> without =
        programs(
            Language.NODE,
            program(
                "quick",
                "Sends a whole answer in the turn of the event loop that read its message.",
                "No clause says how slow an agent is."),
            program(
                "varying",
                "No two answers in a row have the same number of frames.",
                "No clause says how much progress is told."),
            program(
                "three_pending",
                "Takes three messages of a session at a time and says so.",
                "`max_pending_runs` is the server's choice."),
            program(
                "talkative",
                "Sends a ping every 300 ms and status words of its own.",
                "A client answers pings and skips a status that it does not know."),
            program(
                "compressed",
                "Grants permessage-deflate to each client that offers it.",
                "RFC 7692; a connection works without it."),
            program(
                "offset_times",
                "Timestamps with nine digits of a second and an offset, in turns with the usual.",
                "`Date.parse` reads both.",
                new Warning("envelope/timestamp-is-utc-milliseconds", "they are neither")),
            program(
                "open_door",
                "Takes any path, session id and origin; closes an older connection with 4901.",
                "Refusals are SHOULDs; 40xx to 42xx do not bind codes beyond them.",
                new Warning("transport/bad-session-id-is-400*", "any id is taken"),
                new Warning("transport/user-id-alphabet/bad", "any id is taken"),
                new Warning("transport/refusals-carry-json", "nothing is refused"),
                new Warning("transport/foreign-origin-is-403", "any origin is let in")),
            program(
                "full",
                "Takes sixteen connections at a time, and refuses the next with 503 and"
                    + " `Retry-After`.",
                "The protocol says how a server that is full refuses."),
            program(
                "strict",
                "Closes at the first bad frame; a frame without `data` is a bad one.",
                "A bad frame is answered by an error or a close.",
                new Warning("envelope/*-is-told*", "it closes")),
            program(
                "pieces",
                "Says an answer in pieces, each a `message` with a `delta` and no `content`, and"
                    + " then as a whole.",
                "Only a `message` with `content` ends a run."));
    return without.stream().map(o -> also(o, LAST_KEY)).toList();
  }

  private static List<Oddity> go() {
    return List.of(
        new Oddity(
            "all_alike",
            "Every open connection of a session gets every frame; answers are all the same.",
            "The newest gets the frames *at least*; no clause says what an agent answers.",
            new Manner.Program(Language.GO, "all_alike", Says.ONE_FRAME),
            List.of()));
  }

  private static Oddity wire(
      String name, String odd, String why, Supplier<Meddling> meddling, Warning... warnings) {
    return new Oddity(name, odd, why, new Manner.Wire(meddling), List.of(warnings));
  }

  private static Oddity program(String name, String odd, String why, Warning... warnings) {
    var unknown = new Manner.Program(Language.PYTHON, name, Says.EVERYTHING);
    return new Oddity(name, odd, why, unknown, List.of(warnings));
  }

  private static List<Oddity> programs(Language language, Oddity... all) {
    String suffix = language == Language.PYTHON ? ".py" : ".mjs";
    return Stream.of(all).map(o -> written(o, language, suffix)).toList();
  }

  private static Oddity written(Oddity o, Language language, String suffix) {
    Says says = ((Manner.Program) o.manner()).says();
    var program = new Manner.Program(language, o.name().replace(".py", "") + suffix, says);
    return also(new Oddity(o.name(), o.odd(), o.legitimate(), program, o.warnings()), KNOWN_ID);
  }

  private static Oddity also(Oddity o, Warning warning) {
    List<Warning> more = new ArrayList<>(o.warnings());
    more.add(warning);
    return new Oddity(o.name(), o.odd(), o.legitimate(), o.manner(), more);
  }
}
