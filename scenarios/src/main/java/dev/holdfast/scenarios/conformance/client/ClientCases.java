package dev.holdfast.scenarios.conformance.client;

import java.util.List;
import java.util.stream.Stream;

/** All cases for clients, section by section. */
public final class ClientCases {
  public static final List<ClientCase> ALL =
      Stream.of(
              TransportCases.ALL,
              EnvelopeCases.ALL,
              ConversationCases.ALL,
              HeartbeatCases.ALL,
              AttemptCases.ALL,
              DelayCases.ALL,
              StopCases.ALL,
              QueueCases.ALL,
              HelloCases.ALL,
              PositionCases.ALL,
              ResetCases.ALL,
              TogetherCases.ALL,
              RolloutCases.ALL)
          .flatMap(List::stream)
          .toList();

  private ClientCases() {}
}
