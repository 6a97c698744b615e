package dev.holdfast.protocol.broken;

import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.server.ServerStep;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A half that breaks the protocol in one way: a wrapper round a sound one.
 *
 * @param name what to call it on a command line
 * @param clauses the addresses that it violates
 * @param says its one fault, in a sentence
 */
public record Twin(String name, List<String> clauses, String says, Half half) {

  /** Which half is bent, and how. */
  public sealed interface Half {
    /** A server that is wrong. */
    record OfServer(UnaryOperator<ServerStep> bend) implements Half {}

    /** A client that is wrong. */
    record OfClient(UnaryOperator<ClientStep> bend) implements Half {}
  }

  static Twin server(String name, String clauses, String says, UnaryOperator<ServerStep> bend) {
    return new Twin(name, List.of(clauses.split(" ", -1)), says, new Half.OfServer(bend));
  }

  static Twin client(String name, String clauses, String says, UnaryOperator<ClientStep> bend) {
    return new Twin(name, List.of(clauses.split(" ", -1)), says, new Half.OfClient(bend));
  }

  public boolean ofServer() {
    return half instanceof Half.OfServer;
  }

  /** The wrong server round a sound one. */
  public ServerStep bendServer(ServerStep sound) {
    return ((Half.OfServer) half).bend().apply(sound);
  }

  /** The wrong client round a sound one. */
  public ClientStep bendClient(ClientStep sound) {
    return ((Half.OfClient) half).bend().apply(sound);
  }

  @Override
  public String toString() {
    return name;
  }
}
