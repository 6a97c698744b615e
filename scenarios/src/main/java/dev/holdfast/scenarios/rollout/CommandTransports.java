package dev.holdfast.scenarios.rollout;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A command that answers for a user: it is told {@code USER_ID SESSION_ID}, a line each, and says
 * {@code websocket} or {@code http}, a line each, in the same order. One process answers for all.
 */
public final class CommandTransports implements Transports, AutoCloseable {
  private static final long GRACE_MS = 1_000;
  private static final String NO_MORE = "";

  private final List<String> command;
  private final long patienceMs;
  private final Process process;
  private final BufferedWriter questions;
  // One question at a time is on its way, so one answer waits at most; what a command says
  // unasked is found at the next question.
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>(16);

  private CommandTransports(List<String> command, Process process, long patienceMs) {
    this.command = command;
    this.process = process;
    this.patienceMs = patienceMs;
    questions =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual().name("rollout command").start(this::listen);
  }

  /**
   * Starts the command; what it writes on stderr goes to this process's own.
   *
   * @param patienceMs how long one answer may take
   * @throws IOException if it cannot be started
   */
  public static CommandTransports start(List<String> command, long patienceMs) throws IOException {
    return start(command, null, patienceMs);
  }

  /**
   * Starts the command in a folder; what it writes on stderr goes to this process's own.
   *
   * @param folder null is this process's own
   * @param patienceMs how long one answer may take
   * @throws IOException if it cannot be started
   */
  public static CommandTransports start(
      List<String> command, @Nullable Path folder, long patienceMs) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    Process process = builder.start();
    return new CommandTransports(List.copyOf(command), process, patienceMs);
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.put(line.strip());
      }
    } catch (IOException e) {
      // Its end; told below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answers.offer(NO_MORE);
  }

  @Override
  public synchronized boolean websocket(String userId, String sessionId)
      throws IOException, InterruptedException {
    ask(userId, sessionId);
    String answer = answers.poll(patienceMs, TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw wrong("did not answer within " + patienceMs + " ms; it has to flush each line");
    }
    return switch (answer) {
      case "websocket" -> true;
      case "http" -> false;
      case NO_MORE -> throw wrong("ended, or said an empty line, instead of answering");
      default -> throw wrong("said '" + answer + "', not websocket or http");
    };
  }

  private void ask(String userId, String sessionId) throws IOException {
    try {
      questions.write(userId + " " + sessionId + "\n");
      questions.flush();
    } catch (IOException e) {
      throw wrong("takes no more questions: " + e.getMessage());
    }
  }

  private IOException wrong(String what) {
    return new IOException("the rollout command " + String.join(" ", command) + " " + what);
  }

  /** Ends it: by the end of its input, and by force if that is not enough. */
  @Override
  public void close() {
    try {
      questions.close();
      if (!process.waitFor(GRACE_MS, TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(GRACE_MS, TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
