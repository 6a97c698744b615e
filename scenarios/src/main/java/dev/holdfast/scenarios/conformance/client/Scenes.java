package dev.holdfast.scenarios.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Situations that cases of several sections begin with. */
final class Scenes {
  static final Situation<ClientBench, UnderTest> STARTED =
      new Situation<>("the client started and said that it is ready", ClientBench::client);

  static final Situation<ClientBench, Visit> CONNECTED =
      new Situation<>("the client connected and was greeted", ClientBench::greeted);

  /** What the client was shown proves that it has read the greeting and is connected. */
  static final Situation<ClientBench, Visit> HEARING =
      new Situation<>(
          "the client connected, was greeted and handed a frame to its application",
          b -> hearing(b, "before-it"));

  static final Situation<ClientBench, Said> TALKED =
      new Situation<>("the client sent messages over two connections", Scenes::talked);

  private Scenes() {}

  /** A connection on which the application was shown this text. */
  static Visit hearing(ClientBench b, String marker) throws Exception {
    Visit visit = b.greeted();
    b.isShown(visit, marker);
    return visit;
  }

  /** A connection of which the client says that it is connected. */
  static Visit connected(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.client().state("connected", b.patienceMs());
    return visit;
  }

  /**
   * What a client sent in a conversation.
   *
   * @param cutShort why the conversation did not reach its end, or null when it did
   */
  record Said(List<Event.Text> texts, @Nullable String cutShort) {
    Said {
      texts = List.copyOf(texts);
    }

    /** Fails at the first frame that is wrong; all frames must be there before all are right. */
    void each(Predicate<Event.Text> right, String expected) throws Mismatch, Unclear {
      for (Event.Text text : texts) {
        ClientBench.require(right.test(text), expected, text.text());
      }
      if (cutShort != null) {
        throw new Unclear("the frames that the client sent are right, but " + cutShort);
      }
    }

    /** The same for messages only. */
    void eachMessage(Predicate<JsonNode> right, String expected) throws Mismatch, Unclear {
      each(t -> !t.type().equals("message") || right.test(t.json()), expected);
    }
  }

  /** A frame that is wrong may end the conversation: what was sent until then is judged too. */
  private static Said talked(ClientBench b) throws Exception {
    try {
      Transcripts.converse(b);
    } catch (Mismatch e) {
      if (b.texts().stream().noneMatch(t -> t.type().equals("message"))) {
        throw e;
      }
      String why = "the conversation ended early: expected " + e.expected() + ", saw " + e.seen();
      return new Said(b.texts(), why);
    }
    return new Said(b.texts(), null);
  }
}
