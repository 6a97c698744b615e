package dev.holdfast.protocol.rules;

import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.SessionMachine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own halves keep every rule. */
final class RulesTest {
  static List<Rule> rules() {
    return Rules.ALL;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void ourOwnHalfKeeps(Rule rule) {
    if (rule.ofServer()) {
      rule.checkServer(new SessionMachine(ServerConfig.STANDARD));
    } else {
      rule.checkClient(new ClientMachine(ClientConfig.TOGETHER));
    }
  }
}
