package dev.holdfast.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of a store's file, and statements that are prepared once. */
final class Tables {
  /** Raised with every change of the tables: a file of another version is not touched. */
  static final int VERSION = 2;

  /** Each table of a session, by which a session is emptied. */
  static final List<String> ALL = List.of("session", "client", "frame", "run", "ended", "claim");

  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE session (session TEXT PRIMARY KEY, epoch TEXT NOT NULL, token TEXT,
            opened_by TEXT, proven INTEGER NOT NULL, top_seq INTEGER NOT NULL,
            expired_below INTEGER NOT NULL, floor INTEGER NOT NULL, bytes INTEGER NOT NULL,
            overflowed INTEGER NOT NULL) WITHOUT ROWID\
          """,
          """
          CREATE TABLE client (session TEXT, client TEXT, attempt INTEGER NOT NULL,
            processed INTEGER NOT NULL, acked INTEGER NOT NULL, gap_at INTEGER NOT NULL,
            hello_at INTEGER NOT NULL, sync INTEGER NOT NULL,
            PRIMARY KEY (session, client)) WITHOUT ROWID\
          """,
          """
          CREATE TABLE frame (n INTEGER PRIMARY KEY, session TEXT NOT NULL, frame TEXT NOT NULL)\
          """,
          "CREATE INDEX frame_of_session ON frame (session)",
          """
          CREATE TABLE run (n INTEGER PRIMARY KEY, session TEXT NOT NULL, run TEXT NOT NULL,
            message_id TEXT NOT NULL, client_named INTEGER NOT NULL, over_http INTEGER NOT NULL,
            message TEXT NOT NULL, started INTEGER NOT NULL, tools TEXT NOT NULL, doomed TEXT,
            pushed INTEGER NOT NULL, UNIQUE (session, run))\
          """,
          """
          CREATE TABLE ended (n INTEGER PRIMARY KEY, session TEXT NOT NULL, run TEXT NOT NULL,
            result TEXT NOT NULL, UNIQUE (session, run))\
          """,
          """
          CREATE TABLE claim (session TEXT, message_id TEXT, sha256 TEXT NOT NULL,
            run TEXT NOT NULL, result TEXT, unseen INTEGER NOT NULL,
            PRIMARY KEY (session, message_id)) WITHOUT ROWID\
          """);

  /** What a file of version 1 lacks. */
  private static final List<String> SINCE_1 =
      List.of(
          "ALTER TABLE client ADD COLUMN sync INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE run ADD COLUMN pushed INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE claim ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0");

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Tables(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes the tables in a new file, or brings an older one up to date; false when the file is of
   * another version.
   */
  boolean made() throws SQLException {
    try (Statement sql = connection.createStatement()) {
      int version;
      try (ResultSet found = sql.executeQuery("PRAGMA user_version")) {
        version = found.getInt(1);
      }
      List<String> needed = version == 0 ? SCHEMA : version == 1 ? SINCE_1 : List.of();
      for (String change : needed) {
        sql.execute(change);
      }
      if (!needed.isEmpty()) {
        sql.execute("PRAGMA user_version = " + VERSION);
      }
      return !needed.isEmpty() || version == VERSION;
    }
  }

  PreparedStatement with(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** A word that is no work of its own, like those round a transaction. */
  void say(String word) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(word);
    }
  }

  /** A statement that failed may be in the middle of something: all are prepared anew. */
  void forget() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    prepared.clear();
  }

  void run(String sql, @Nullable Object... values) throws SQLException {
    with(sql, values).executeUpdate();
  }
}
