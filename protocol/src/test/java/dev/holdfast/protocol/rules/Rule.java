package dev.holdfast.protocol.rules;

import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.server.ServerStep;
import java.util.function.Consumer;

/**
 * One clause as a script: it throws an {@link AssertionError} when the half under test breaks it.
 *
 * @param clause the address in {@code clauses.yaml}
 * @param says what this script looks at
 */
public record Rule(String clause, String says, Script script) {

  /** Which half is under test, and what it is put through. */
  public sealed interface Script {
    /** The server's half, against connections made by hand. */
    record OfServer(Consumer<ServerBench> play) implements Script {}

    /** The client's half, against a server made by hand. */
    record OfClient(Consumer<ClientBench> play) implements Script {}
  }

  static Rule server(String clause, String says, Consumer<ServerBench> play) {
    return new Rule(clause, says, new Script.OfServer(play));
  }

  static Rule client(String clause, String says, Consumer<ClientBench> play) {
    return new Rule(clause, says, new Script.OfClient(play));
  }

  public boolean ofServer() {
    return script instanceof Script.OfServer;
  }

  public ServerBench checkServer(ServerStep step) {
    ServerBench bench = new ServerBench(step);
    ((Script.OfServer) script).play().accept(bench);
    return bench;
  }

  public ClientBench checkClient(ClientStep step) {
    ClientBench bench = new ClientBench(step);
    ((Script.OfClient) script).play().accept(bench);
    return bench;
  }

  @Override
  public String toString() {
    return clause + ": " + says;
  }
}
