package dev.holdfast.scenarios.broken;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Meddlings that are a rule for texts: of requests, of answers, of frames either way. */
final class Rewrites {
  private static final WireFrame OFFENCE = new WireFrame(true, WireFrame.BINARY, new byte[] {0});

  private Rewrites() {}

  /** What matches in the head of a request is replaced. */
  static Supplier<Meddling> request(String regex, String replacement) {
    Pattern pattern = Pattern.compile(regex);
    return () ->
        new Meddling() {
          @Override
          public String request(String head) {
            return pattern.matcher(head).replaceAll(replacement);
          }
        };
  }

  /** What matches in the body of an answer is replaced. */
  static Supplier<Meddling> body(String regex, String replacement) {
    Pattern pattern = Pattern.compile(regex);
    return body((request, body) -> pattern.matcher(body).replaceAll(replacement));
  }

  static Supplier<Meddling> body(BiFunction<String, String, String> change) {
    return () ->
        new Meddling() {
          @Override
          public String body(String request, String body) {
            return change.apply(request, body);
          }
        };
  }

  /** What matches in the head of an answer is replaced. */
  static Supplier<Meddling> answer(String regex, String replacement) {
    Pattern pattern = Pattern.compile(regex);
    return () ->
        new Meddling() {
          @Override
          public String answer(String head) {
            return pattern.matcher(head).replaceAll(replacement);
          }
        };
  }

  /** What matches in a frame of the server's is replaced. */
  static Supplier<Meddling> said(String regex, String replacement) {
    Pattern pattern = Pattern.compile(regex);
    return () ->
        new Meddling() {
          @Override
          public List<WireFrame> toPeer(Line line, WireFrame frame) {
            return List.of(
                frame.is(WireFrame.TEXT)
                    ? WireFrame.text(pattern.matcher(frame.text()).replaceAll(replacement))
                    : frame);
          }
        };
  }

  /** What matches in a frame of the peer's is replaced. */
  static Supplier<Meddling> heard(String regex, String replacement) {
    Pattern pattern = Pattern.compile(regex);
    return texts(text -> pattern.matcher(text).replaceAll(replacement));
  }

  private static Supplier<Meddling> texts(UnaryOperator<String> change) {
    return () ->
        new Meddling() {
          @Override
          public List<WireFrame> toServer(Line line, WireFrame frame) {
            boolean whole = frame.is(WireFrame.TEXT) && frame.fin() && !frame.badUtf8();
            return List.of(whole ? WireFrame.text(change.apply(frame.text())) : frame);
          }
        };
  }

  /** Frames of the peer's that are so never arrive. */
  static Supplier<Meddling> swallows(Predicate<WireFrame> unheard) {
    return () ->
        new Meddling() {
          @Override
          public List<WireFrame> toServer(Line line, WireFrame frame) {
            return unheard.test(frame) ? List.of() : List.of(frame);
          }
        };
  }

  /** Frames of the peer's that are so end the connection. */
  static Supplier<Meddling> diesOf(Predicate<WireFrame> deadly) {
    return () ->
        new Meddling() {
          @Override
          public List<WireFrame> toServer(Line line, WireFrame frame) {
            return List.of(deadly.test(frame) ? OFFENCE : frame);
          }
        };
  }

  /** After so many frames of a kind on one connection the others of it are lost, or deadly. */
  static Supplier<Meddling> afterSoMany(int most, Predicate<WireFrame> counted, boolean deadly) {
    return () ->
        new Meddling() {
          private final Map<Line, AtomicInteger> counts = new ConcurrentHashMap<>();

          @Override
          public List<WireFrame> toServer(Line line, WireFrame frame) {
            boolean over =
                counted.test(frame)
                    && counts.computeIfAbsent(line, l -> new AtomicInteger()).incrementAndGet()
                        > most;
            return !over ? List.of(frame) : deadly ? List.of(OFFENCE) : List.of();
          }
        };
  }

  /** Some time after one connection died another one is closed too. */
  static Supplier<Meddling> closesAnother() {
    return () ->
        new Meddling() {
          private final List<Line> open = new ArrayList<>();
          private int ended;

          @Override
          public synchronized void opened(Line line) {
            open.add(line);
          }

          @Override
          public synchronized void ended(Line line) {
            open.remove(line);
            ended++;
          }

          @Override
          public synchronized List<WireFrame> toPeer(Line line, WireFrame frame) {
            boolean pong = frame.is(WireFrame.TEXT) && frame.text().contains("\"pong\"");
            return List.of(pong && ended > 0 ? WireFrame.close(4000) : frame);
          }
        };
  }

  static Predicate<WireFrame> text(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
    return frame -> frame.is(WireFrame.TEXT) && pattern.matcher(frame.text()).find();
  }
}
