package dev.holdfast.protocol.rules;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ServerInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link ServerBench}: what was said on it by hand, and what came back. */
public final class Wire {
  private static final String AT = "2026-01-01T00:00:00.000Z";

  private final ServerBench bench;
  final String id;
  public final Profile profile;
  public final List<String> texts = new ArrayList<>();
  public final List<Frame> got = new ArrayList<>();
  public @Nullable Integer closed;

  Wire(ServerBench bench, String id, Profile profile) {
    this.bench = bench;
    this.id = id;
    this.profile = profile;
  }

  void arrived(String text) {
    texts.add(text);
    got.add(ServerBench.read(text));
  }

  public Wire hello(
      String client, long attempt, @Nullable String token, @Nullable String epoch, long ack) {
    return hello(client, attempt, token, epoch, ack, List.of("tokens", "cancel"));
  }

  public Wire hello(
      String client,
      long attempt,
      @Nullable String token,
      @Nullable String epoch,
      long ack,
      List<String> capabilities) {
    return says(
        Envelope.at(AT), new Status.Hello(client, attempt, token, epoch, ack, 0, capabilities));
  }

  /** Says hello as the tab that was here on {@code before}, with what it would know. */
  public Wire helloAfter(Wire before, long attempt, long ack) {
    return hello("tab1", attempt, before.token(), before.resumption().epoch(), ack);
  }

  public Wire message(long seq, String messageId, String content) {
    return says(Envelope.at(AT).withSeq(seq).withId(messageId), Message.said(content));
  }

  public Wire cancel(long seq, String runId) {
    return says(Envelope.at(AT).withSeq(seq).withId("x" + seq), new Status.Cancel(runId));
  }

  public Wire ack(long position) {
    return says(Envelope.at(AT).withAck(position), new Status.Ack(0, false));
  }

  public Wire says(Envelope envelope, Body body) {
    return text(Codec.encode(new Frame(envelope, body)));
  }

  public Wire text(String text) {
    bench.tell(new ServerInput.Received(id, Codec.decode(text, Codec.Reading.STRICT)));
    return this;
  }

  /** The client's socket is gone; the server notices. */
  public Wire lost() {
    bench.tell(new ServerInput.Closed(id, 1006, "lost"));
    return this;
  }

  public boolean open() {
    return closed == null;
  }

  public int code() {
    return closed == null ? 0 : closed;
  }

  public Status.Connected connected() {
    return bodies(Status.Connected.class).getFirst();
  }

  public Resumption resumption() {
    return Objects.requireNonNull(connected().resumption(), "a greeting of profile resume");
  }

  public String token() {
    return resumption().resumeToken();
  }

  public <B extends Body> List<B> bodies(Class<B> kind) {
    return got.stream().map(Frame::body).filter(kind::isInstance).map(kind::cast).toList();
  }

  public <B extends Body> List<Frame> frames(Class<B> kind) {
    return got.stream().filter(f -> kind.isInstance(f.body())).toList();
  }

  public List<Frame> positioned() {
    return got.stream().filter(f -> f.envelope().positioned()).toList();
  }

  public List<Long> positions() {
    return positioned().stream().map(f -> f.envelope().seq()).toList();
  }

  /** Whole answers, not pieces. */
  public List<Frame> answers() {
    return got.stream().filter(f -> f.body() instanceof Message m && m.isAnswer()).toList();
  }

  public List<Frame> pieces() {
    return got.stream().filter(f -> f.body() instanceof Message m && m.stream() != null).toList();
  }

  /** The highest acknowledgement that came. */
  public long acked() {
    return got.stream().mapToLong(f -> f.envelope().ack()).max().orElse(Envelope.ABSENT);
  }

  public Frame last() {
    return got.getLast();
  }
}
