package dev.holdfast.server.store;

import dev.holdfast.protocol.server.SessionState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in one SQLite file, for one process at a time.
 *
 * <p>All sessions share one writer, which commits what has come together in one transaction: see
 * {@link SqliteWriter}. What is kept survives the end of the process, however it ends, and with
 * {@link Durability#FULL} the loss of power too.
 */
public final class SqliteStore implements SessionStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

  /** What a commit waits for. */
  public enum Durability {
    /** The operating system has it: the process may die at any moment. */
    PROCESS("NORMAL"),
    /** The disk has it: the machine may. */
    FULL("FULL");

    private final String pragma;

    Durability(String pragma) {
      this.pragma = pragma;
    }
  }

  private final Connection connection;
  private final FileChannel lockFile;
  private final List<SessionState> left;
  private final Map<String, SessionState> unclaimed = new ConcurrentHashMap<>();
  private final SqliteWriter writer;

  private SqliteStore(Connection connection, FileChannel lockFile, List<SessionState> left) {
    this.connection = connection;
    this.lockFile = lockFile;
    this.left = left;
    left.forEach(session -> unclaimed.put(session.id(), session));
    writer = new SqliteWriter(connection);
  }

  /**
   * Opens a file, or makes it.
   *
   * @throws IOException if another process has it, it is of another version, or cannot be read
   */
  public static SqliteStore open(Path file, Durability durability) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel lockFile =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!locked(lockFile)) {
        throw new IOException("another server has the store " + file + "; give each its own");
      }
      return read(file, durability, lockFile);
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  private static boolean locked(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static SqliteStore read(Path file, Durability durability, FileChannel lockFile)
      throws IOException {
    Connection connection = null;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
      prepare(connection, durability);
      List<SessionState> left = Finding.in(connection);
      LOG.info("event=store_opened sessions={} durability={}", left.size(), durability);
      return new SqliteStore(connection, lockFile, left);
    } catch (SQLException | IOException e) {
      close(connection);
      throw new IOException("the store " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static void prepare(Connection connection, Durability durability)
      throws SQLException, IOException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA journal_mode = WAL");
      sql.execute("PRAGMA synchronous = " + durability.pragma);
    }
    if (!new Tables(connection).made()) {
      throw new IOException("it is of another version of Holdfast; move it away");
    }
  }

  private static void close(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.warn("event=store_close_failed", e);
    }
  }

  @Override
  public List<SessionState> left() {
    return left;
  }

  @Override
  public Drawer drawer(String sessionId) {
    return new SqliteDrawer(writer, sessionId, unclaimed.remove(sessionId));
  }

  @Override
  public void watch(ObjIntConsumer<Duration> listener) {
    writer.watch((nanos, sessions) -> listener.accept(Duration.ofNanos(nanos), sessions));
  }

  /** Lets the file grow to so many pages; for tests of a disk that is full. */
  void limitPages(int pages) {
    writer.limitPages(pages);
  }

  @Override
  public void close() {
    writer.finish();
    giveBack();
  }

  @Override
  public void abandon() {
    writer.abandon();
    giveBack();
  }

  private void giveBack() {
    close(connection);
    try {
      lockFile.close();
    } catch (IOException e) {
      LOG.warn("event=store_unlock_failed", e);
    }
  }
}
