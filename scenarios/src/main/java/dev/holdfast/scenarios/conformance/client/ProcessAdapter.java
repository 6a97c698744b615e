package dev.holdfast.scenarios.conformance.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client under test that is a program: one process a case. */
public final class ProcessAdapter implements Adapter {
  private static final long END_MS = 2_000;
  private static final long LAST_WORDS_MS = 500;
  private static final int MAX_COMMANDS = 10_000;
  private static final String NO_MORE = "";

  /** All that run now: they end with this JVM, however it ends. */
  private static final Ledger RUNNING = new Ledger();

  private final List<String> command;

  public ProcessAdapter(List<String> command) {
    this.command = List.copyOf(command);
  }

  @Override
  public Running start(Map<String, String> environment, Output output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Offspring offspring = Offspring.marked(builder.environment());
    return RUNNING.add(new Started(builder.start(), offspring, output));
  }

  /** What must not be left behind. */
  private static final class Ledger {
    private final Set<Started> running = ConcurrentHashMap.newKeySet();

    Ledger() {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> running.forEach(Started::close), "clients-end"));
    }

    Started add(Started started) {
      running.add(started);
      return started;
    }

    void remove(Started started) {
      running.remove(started);
    }
  }

  /** A running process: one thread reads each of its outputs, one writes its input. */
  private static final class Started implements Running {
    private final Process process;
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>(MAX_COMMANDS);

    private final Offspring offspring;
    private final Output output;
    private boolean closed;

    Started(Process process, Offspring offspring, Output output) {
      this.process = process;
      this.offspring = offspring;
      this.output = output;
      BoundedLines lines = new BoundedLines(process.getInputStream(), output::line);
      BoundedLines complaints = new BoundedLines(process.getErrorStream(), output::evidence);
      Thread stderr =
          thread(
              "stderr",
              () -> {
                complaints.read();
                // A client that has more to say is not held up by that nobody keeps it.
                drain(process.getErrorStream());
              });
      thread(
          "stdout",
          () -> {
            String excess = lines.read();
            if (!excess.isEmpty()) {
              output.broke(excess);
              close();
            }
            int exit = awaitExit();
            awaitLastWords(stderr);
            output.ended(exit);
          });
      thread("stdin", this::writeAll);
    }

    private static void drain(InputStream rest) {
      try {
        rest.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // It ended.
      }
    }

    private Thread thread(String name, Runnable work) {
      return Thread.ofPlatform().daemon().name("client-" + process.pid() + "-" + name).start(work);
    }

    /** What it wrote before it ended is heard first; what it started may write on for ever. */
    private static void awaitLastWords(Thread stderr) {
      try {
        stderr.join(LAST_WORDS_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private int awaitExit() {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
    }

    @Override
    public void write(String line) {
      if (!commands.offer(line)) {
        output.broke("it does not read its input: " + MAX_COMMANDS + " commands wait");
      }
    }

    @Override
    public void endInput() {
      offspring.remember(process);
      var unused = commands.offer(NO_MORE);
    }

    private void writeAll() {
      try (OutputStream out = new BufferedOutputStream(process.getOutputStream())) {
        String line = commands.take();
        while (!line.equals(NO_MORE)) {
          out.write((line + "\n").getBytes(UTF_8));
          out.flush();
          line = commands.take();
        }
      } catch (IOException e) {
        // It does not read any more; its exit says the rest.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Looks through all processes of the machine, which is done once; who comes later waits. */
    @Override
    public synchronized void close() {
      if (closed) {
        return;
      }
      closed = true;
      offspring.remember(process);
      process.destroyForcibly();
      offspring.end();
      RUNNING.remove(this);
      commands.clear();
      var unused = commands.offer(NO_MORE);
      try {
        var unusedToo = process.waitFor(END_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
