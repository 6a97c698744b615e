package dev.holdfast.scenarios.broken.client;

import static dev.holdfast.scenarios.broken.client.ReconnectClients.core;
import static dev.holdfast.scenarios.broken.client.ReconnectClients.resume;

import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.frame.Message;
import java.util.ArrayList;
import java.util.List;

/** Clients that lose, or repeat, what they flush into a connection that dies. */
final class QueueClients {
  /** So many of a flush are written; the others are forgotten. */
  private static final int WRITTEN = 33;

  private static final String DYING = "queue/none-overtakes/flush-into-a-dying-socket";

  static final List<ClientTwin> ALL =
      List.of(
          core(
              "forgets-half-a-flush",
              "Empties its queue although only a part of it could be written.",
              DYING,
              ClientBends.does((in, outputs) -> firstOf(outputs))),
          resume(
              "skips-one-of-its-queue",
              "Counts one message of its queue as written, and never writes it.",
              DYING,
              ClientBends.sends(
                  f -> f.body() instanceof Message m && "m34".equals(m.content()) ? null : f)));

  private QueueClients() {}

  private static List<ClientOutput> firstOf(List<ClientOutput> outputs) {
    List<ClientOutput> kept = new ArrayList<>();
    int messages = 0;
    for (ClientOutput output : outputs) {
      boolean message =
          output instanceof ClientOutput.Send s && s.frame().body() instanceof Message;
      if (!message || ++messages <= WRITTEN) {
        kept.add(output);
      }
    }
    return kept;
  }
}
