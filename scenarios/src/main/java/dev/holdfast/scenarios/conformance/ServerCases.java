package dev.holdfast.scenarios.conformance;

import java.util.List;
import java.util.stream.Stream;

/** All cases for servers, section by section. */
public final class ServerCases {
  public static final List<Case> ALL =
      Stream.of(
              TransportCases.ALL,
              EnvelopeCases.ALL,
              ConversationCases.ALL,
              SessionCases.ALL,
              IsolationCases.ALL,
              HeartbeatCases.ALL,
              QueueCases.ALL)
          .flatMap(List::stream)
          .toList();

  private ServerCases() {}
}
