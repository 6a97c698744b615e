package dev.holdfast.protocol.broken;

import static dev.holdfast.protocol.broken.BentClient.*;
import static dev.holdfast.protocol.broken.Twin.client;

import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import java.util.List;
import java.util.stream.Stream;

/** Clients that mistake what others say, or what the server says first. */
final class TogetherClientTwins {
  private TogetherClientTwins() {}

  static final List<Twin> ALL =
      List.of(
          client(
              "overlooks-other-tabs",
              "sync/echo-is-handed-over",
              "Does not show what another tab said.",
              without((input, o) ->
                  o instanceof ClientOutput.Deliver d
                      && d.frame().body() instanceof Message m
                      && m.isEcho())),
          client(
              "takes-an-echo-for-the-answer",
              "sync/echo-is-no-answer",
              "Thinks that its own words are the agent's.",
              hears((state, f) ->
                  f.body() instanceof Message m && m.isEcho()
                      ? new Frame(
                          f.envelope(), Message.answer(String.valueOf(m.content()), List.of()))
                      : f)),
          client(
              "never-shows-who-is-here",
              "presence/handed-over",
              "Keeps the others to itself.",
              without((input, o) ->
                  o instanceof ClientOutput.Deliver d
                      && d.frame().body() instanceof Status.Presence)),
          client(
              "shows-pushes-twice",
              "push/handed-over-once",
              "Shows what the server began again and again.",
              rearranges((input, outputs) ->
                  outputs.stream()
                      .flatMap(o ->
                          o instanceof ClientOutput.Deliver d && d.frame().envelope().pushed()
                              ? Stream.of(o, o)
                              : Stream.of(o))
                      .toList())),
          client(
              "push-answers-the-first",
              "push/answers-no-message",
              "Takes what the server says first for the answer to what it asked.",
              hears(TogetherClientTwins::answering)));

  private static Frame answering(ClientState state, Frame frame) {
    boolean meant = frame.envelope().pushed() && !state.outbox().written().isEmpty();
    return meant
        ? frame.with(frame.envelope().withReplyTo(state.outbox().written().get(0).id()))
        : frame;
  }
}
