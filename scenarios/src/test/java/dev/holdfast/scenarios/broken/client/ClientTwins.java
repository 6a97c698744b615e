package dev.holdfast.scenarios.broken.client;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.scenarios.broken.client.ClientTwin.Breakage;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All broken clients. */
public final class ClientTwins {
  /** Wrong in what no conformance case can see: only the caller within the same program could. */
  private static final Set<String> UNSEEN =
      Set.of("acks-before-it-shows", "does-not-wait-for-the-snapshot");

  public static final List<ClientTwin> ALL =
      Stream.concat(
              Stream.of(WireClients.ALL, ReconnectClients.ALL, TalkClients.ALL, QueueClients.ALL)
                  .flatMap(List::stream),
              Twins.ALL.stream()
                  .filter(t -> !t.ofServer() && !UNSEEN.contains(t.name()))
                  .map(ClientTwins::ofProtocol))
          .toList();

  private ClientTwins() {}

  /** A twin of the protocol's own tests, which the cases of its clauses must notice too. */
  private static ClientTwin ofProtocol(Twin twin) {
    List<String> fails = twin.clauses().stream().flatMap(ClientTwins::casesOf).toList();
    return new ClientTwin(
        twin.name(),
        twin.says(),
        Profile.RESUME,
        fails,
        new Breakage.Bent(ClientBends.bent(twin::bendClient)));
  }

  /** The case that is called like its clause, or all of the clause. */
  private static Stream<String> casesOf(String clause) {
    List<String> all =
        ClientCases.ALL.stream()
            .filter(c -> c.clause().equals(clause))
            .map(ClientCase::address)
            .toList();
    return all.contains(clause) ? Stream.of(clause) : all.stream();
  }

  static Optional<ClientTwin> find(String name) {
    return ALL.stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
