package dev.holdfast.server.audit;

import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.server.AuditEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log on disk: handed to the operating system at once, forced to the disk in groups.
 *
 * <p>The chain goes on over days and restarts. A write that fails is taken back as a whole, so the
 * file never holds half a line that somebody was not told about.
 *
 * <p>One thread writes at a time. What others bring meanwhile it takes along, in one write, so that
 * no event loop waits for another's.
 */
public final class AuditLog implements AuditSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final long SYNC_AFTER_MS = 50;
  private static final long HEAD_EVERY_S = 60;
  private static final int MOST_AT_ONCE = 64;
  private static final long MOST_WAITED_S = 5;

  private final Path directory;
  private final InstantSource clock;
  private final FileChannel lockFile;
  private final ScheduledThreadPoolExecutor background;
  private final long mendedBytes;
  private final AuditPen pen = new AuditPen();
  private final ReentrantLock writing = new ReentrantLock();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean syncDue = new AtomicBoolean();
  private volatile AuditHead head;
  private volatile AuditHead loggedHead = AuditHead.GENESIS;
  private LocalDate day;
  private volatile FileChannel file;
  private long soundLength;
  private boolean tailLeft;
  private boolean closed;

  private AuditLog(Path directory, InstantSource clock, FileChannel lockFile) throws IOException {
    this.directory = directory;
    this.clock = clock;
    this.lockFile = lockFile;
    List<Path> files = AuditFiles.in(directory);
    mendedBytes = files.isEmpty() ? 0 : AuditFiles.mend(files.get(files.size() - 1));
    head = headOf(files);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate newest = files.isEmpty() ? today : AuditFiles.dayOf(files.get(files.size() - 1));
    day = today.isBefore(newest) ? newest : today;
    file = openFile(day);
    soundLength = file.size();
    background =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("holdfast-audit").factory());
    background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    var unused =
        background.scheduleWithFixedDelay(
            this::logHead, HEAD_EVERY_S, HEAD_EVERY_S, TimeUnit.SECONDS);
    if (mendedBytes > 0) {
      LOG.warn("event=audit_mended file={} dropped_bytes={}", day, mendedBytes);
    }
  }

  public static AuditLog open(Path directory) throws IOException {
    return open(directory, InstantSource.system());
  }

  /**
   * Opens a directory's log, for one process at a time.
   *
   * @throws IOException if another process has it, or its end is not sound
   */
  static AuditLog open(Path directory, InstantSource clock) throws IOException {
    Files.createDirectories(directory);
    FileChannel lockFile =
        FileChannel.open(
            directory.resolve("audit.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock(lockFile) == null) {
        throw new IOException("another server writes to " + directory + "; give each its own");
      }
      return new AuditLog(directory, clock, lockFile);
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static AuditHead headOf(List<Path> files) throws IOException {
    for (int i = files.size() - 1; i >= 0; i--) {
      String last = AuditFiles.lastLine(files.get(i));
      if (last != null) {
        try {
          return AuditChain.alone(last);
        } catch (AuditChain.Unsound e) {
          throw new IOException(
              "the last line of "
                  + files.get(i)
                  + " "
                  + e.getMessage()
                  + "; verify the log and move it away before a new one is begun",
              e);
        }
      }
    }
    return AuditHead.GENESIS;
  }

  private FileChannel openFile(LocalDate ofDay) throws IOException {
    return FileChannel.open(
        AuditFiles.of(directory, ofDay), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** How many bytes of an unfinished line were dropped when the log was opened. */
  public long mendedBytes() {
    return mendedBytes;
  }

  public AuditHead head() {
    return head;
  }

  /** What somebody brought, and whom to tell. */
  private record Waiting(List<AuditEvent> events, Consumer<@Nullable IOException> told) {}

  @Override
  public void append(List<AuditEvent> events) throws IOException {
    writing.lock();
    try {
      write(events);
    } finally {
      release();
    }
  }

  /** Whoever gives the pen back looks after those who came and found it taken. */
  private void release() {
    writing.unlock();
    writeWaiting();
  }

  @Override
  public void append(List<AuditEvent> events, Consumer<@Nullable IOException> told) {
    waiting.add(new Waiting(events, told));
    writeWaiting();
  }

  /** Looks again after each write, as {@link #release} does. */
  private void writeWaiting() {
    while (!waiting.isEmpty() && writing.tryLock()) {
      List<Waiting> group = new ArrayList<>();
      IOException failure;
      try {
        failure = writeGroup(group);
      } finally {
        writing.unlock();
      }
      group.forEach(w -> w.told().accept(failure));
    }
  }

  /** Writes some of what waits as one; all of it or none, and whatever happens is told. */
  private @Nullable IOException writeGroup(List<Waiting> group) {
    List<AuditEvent> events = new ArrayList<>();
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      Waiting next = waiting.poll();
      if (next == null) {
        break;
      }
      group.add(next);
      events.addAll(next.events());
    }
    try {
      write(events);
      return null;
    } catch (IOException e) {
      return e;
    } catch (RuntimeException e) {
      return new IOException("the entries cannot be written", e);
    }
  }

  private void write(List<AuditEvent> events) throws IOException {
    if (closed) {
      throw new IOException("the audit log is closed");
    }
    Instant now = clock.instant();
    turnPage(LocalDate.ofInstant(now, ZoneOffset.UTC));
    String timestamp = Timestamps.format(now);
    AuditHead next = head;
    pen.clear();
    for (AuditEvent event : events) {
      next = pen.write(next, event, timestamp);
    }
    write(pen.written());
    head = next;
    syncSoon();
  }

  /** A new day has a new file; a clock that goes back does not reopen an old one. */
  private void turnPage(LocalDate today) throws IOException {
    if (!today.isAfter(day)) {
      return;
    }
    FileChannel next = openFile(today);
    file.force(false);
    file.close();
    file = next;
    day = today;
    soundLength = next.size();
  }

  /** All of it or none: what was written of a write that failed is cut off again. */
  private void write(ByteBuffer bytes) throws IOException {
    if (tailLeft) {
      file.truncate(soundLength);
      tailLeft = false;
    }
    long at = soundLength;
    try {
      while (bytes.hasRemaining()) {
        at += file.write(bytes, at);
      }
      soundLength = at;
    } catch (IOException e) {
      takeBack();
      throw e;
    }
  }

  private void takeBack() {
    try {
      file.truncate(soundLength);
    } catch (IOException e) {
      tailLeft = true;
      LOG.warn("event=audit_tail_left bytes_sound={}", soundLength);
    }
  }

  private void syncSoon() {
    if (syncDue.compareAndSet(false, true)) {
      try {
        var unused = background.schedule(this::sync, SYNC_AFTER_MS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        syncDue.set(false);
      }
    }
  }

  /** Forces the file without the pen, so that nobody waits for the disk. */
  private void sync() {
    syncDue.set(false);
    FileChannel current = file;
    try {
      if (current.isOpen()) {
        current.force(false);
      }
    } catch (IOException e) {
      LOG.warn("event=audit_sync_failed", e);
    }
  }

  private void logHead() {
    AuditHead now = head();
    if (!now.equals(loggedHead)) {
      loggedHead = now;
      LOG.info("event=audit_head entry={} hash={}", now.entry(), now.hash());
    }
  }

  /** Forces what is there, logs the head and gives the directory back. */
  @Override
  public void close() {
    stopBackground();
    sync();
    logHead();
    giveBack();
  }

  /** Gives the directory back as a killed process would. */
  public void abandon() {
    stopBackground();
    giveBack();
  }

  /** Without an interrupt, which would close the file under a sync that is on its way. */
  private void stopBackground() {
    background.shutdown();
    try {
      if (!background.awaitTermination(MOST_WAITED_S, TimeUnit.SECONDS)) {
        LOG.warn("event=audit_sync_hangs seconds={}", MOST_WAITED_S);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveBack() {
    writing.lock();
    try {
      closed = true;
      file.close();
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      release();
    }
  }
}
