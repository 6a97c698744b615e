package dev.holdfast.protocol.broken;

import static dev.holdfast.protocol.broken.BentServer.*;
import static dev.holdfast.protocol.broken.Twin.server;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Message.Stream.State;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import java.util.List;
import java.util.function.UnaryOperator;

/** Servers that stream or cancel in a wrong way. */
final class CapabilityTwins {
  private CapabilityTwins() {}

  static final List<Twin> ALL =
      List.of(
          // Tokens
          server(
              "pieces-without-text",
              "tokens/stream-frame",
              "Leaves the delta out.",
              pieces(
                  m -> Change.piece(m, Change.place(m).state(), Change.place(m).offset(), null))),
          server(
              "always-starting",
              "tokens/states-advance",
              "Calls every piece the first.",
              pieces(m ->
                  Change.piece(
                      m, State.START, Change.place(m).offset(), String.valueOf(m.delta())))),
          server(
              "numbers-pieces",
              "tokens/pieces-have-no-position",
              "Gives positions to pieces.",
              marks(
                  f -> f.body() instanceof Message m && m.stream() != null,
                  (f, e) -> e.withSeq(7))),
          server(
              "counts-code-points",
              "tokens/offset-in-utf16-units",
              "Counts a smile as one.",
              pieces(m ->
                  Change.piece(
                      m,
                      Change.place(m).state(),
                      Change.place(m).offset() - (Change.place(m).offset() > 0 ? 1 : 0),
                      String.valueOf(m.delta())))),
          server(
              "splits-smiles",
              "tokens/no-split-code-point",
              "Cuts a piece in the middle of a pair.",
              pieces(m ->
                  String.valueOf(m.delta()).contains("\ude00")
                      ? Change.piece(
                          m,
                          Change.place(m).state(),
                          Change.place(m).offset(),
                          String.valueOf(m.delta()).substring(0, 1))
                      : m)),
          server(
              "no-text-after-a-resume",
              "tokens/whole-text-after-caught-up",
              "Leaves a client that came back with half a text.",
              rearranges(outputs -> {
                boolean resumed =
                    outputs.stream()
                        .anyMatch(o ->
                            o instanceof ServerOutput.Send s
                                && s.frame().body() instanceof Status.CaughtUp);
                return outputs.stream()
                    .filter(o ->
                        !(resumed
                            && o instanceof ServerOutput.Send s
                            && s.frame().body() instanceof Message m
                            && m.stream() != null))
                    .toList();
              })),
          server(
              "terminal-holds-the-rest",
              "tokens/terminal-holds-the-whole",
              "Answers with what no piece has said yet.",
              says(Message.class, m -> m.isAnswer() ? Message.answer("", m.artifacts()) : m)),
          server(
              "pieces-need-not-fit",
              "tokens/terminal-equals-the-pieces",
              "Never takes a piece back.",
              sound ->
                  (state, input, now) -> {
                    var step = sound.step(state, input, now);
                    boolean answers =
                        input instanceof ServerInput.AgentSaid a
                            && a.event() instanceof AgentEvent.Answer;
                    return answers
                        ? new Step<>(
                            step.state(),
                            step.outputs().stream()
                                .filter(o ->
                                    !(o instanceof ServerOutput.Send s
                                        && s.frame().body() instanceof Message m
                                        && m.stream() != null))
                                .toList())
                        : step;
                  }),
          // Cancel
          server(
              "cancel-looks-like-failure",
              "cancel/run-ends-cancelled",
              "Ends a cancelled run with agent_failed.",
              says(
                  Failure.class,
                  f ->
                      ErrorCode.CANCELLED.equals(f.code())
                          ? Failure.of(ErrorCode.AGENT_FAILED, f.error())
                          : f)),
          server(
              "cancels-twice",
              "cancel/is-idempotent",
              "Ends a run again for each request.",
              outputs(o ->
                  o instanceof ServerOutput.Send s
                          && s.frame().body() instanceof Failure f
                          && ErrorCode.CANCELLED.equals(f.code())
                      ? List.of(o, o)
                      : List.of(o))),
          server(
              "cancel-only-at-first",
              "cancel/works-after-a-resume",
              "Overlooks a cancel on a later connection.",
              ignores((s, in) ->
                  frame(in).body() instanceof Status.Cancel && !connection(in).equals("c1"))));

  private static UnaryOperator<ServerStep> pieces(UnaryOperator<Message> change) {
    return says(Message.class, m -> m.stream() == null ? m : change.apply(m));
  }
}
