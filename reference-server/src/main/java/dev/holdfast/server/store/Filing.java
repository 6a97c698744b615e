package dev.holdfast.server.store;

import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.server.Claim;
import dev.holdfast.protocol.server.ClientPositions;
import dev.holdfast.protocol.server.Run;
import dev.holdfast.protocol.server.SessionState;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what changed of a session into the tables, within a transaction of the caller's. */
final class Filing {
  private final Tables tables;
  private final String session;

  private Filing(Tables tables, String session) {
    this.tables = tables;
    this.session = session;
  }

  /** Nothing is left of a session. */
  static void empty(Tables tables, String session) throws SQLException {
    for (String table : Tables.ALL) {
      tables.run("DELETE FROM " + table + " WHERE session = ?", session);
    }
  }

  static void file(Tables tables, Change change) throws SQLException {
    Filing filing = new Filing(tables, change.after().id());
    filing.head(change.after());
    filing.clients(change);
    filing.frames(change);
    filing.runs(change);
    filing.ends(change);
    filing.claims(change);
  }

  private void head(SessionState now) throws SQLException {
    SessionState.Access access = now.access();
    tables.run(
        "INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        session,
        now.epoch(),
        access == null ? null : access.token(),
        access == null ? null : access.openedBy(),
        access != null && access.proven(),
        now.topSeq(),
        now.expiredBelow(),
        now.retention().floor(),
        now.retention().bytes(),
        now.retention().overflowed());
  }

  private void clients(Change change) throws SQLException {
    for (Map.Entry<String, ClientPositions> entry : change.putClients()) {
      ClientPositions p = entry.getValue();
      tables.run(
          "INSERT OR REPLACE INTO client VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          session,
          entry.getKey(),
          p.attempt(),
          p.processed(),
          p.acked(),
          p.gapAt(),
          p.seenAt(),
          p.sync());
    }
    for (String client : change.goneClients()) {
      tables.run("DELETE FROM client WHERE session = ? AND client = ?", session, client);
    }
  }

  private void frames(Change change) throws SQLException {
    if (change.goneFrames() > 0) {
      tables.run(
          "DELETE FROM frame WHERE n IN (SELECT n FROM frame WHERE session = ? ORDER BY n LIMIT ?)",
          session,
          change.goneFrames());
    }
    for (var frame : change.newFrames()) {
      tables.run("INSERT INTO frame (session, frame) VALUES (?, ?)", session, StoredText.of(frame));
    }
  }

  private void runs(Change change) throws SQLException {
    for (Run run : change.goneRuns()) {
      tables.run("DELETE FROM run WHERE session = ? AND run = ?", session, run.id());
    }
    for (Run run : change.putRuns()) {
      Failure doomed = run.doomed();
      String tools = StoredText.of(tools(run));
      tables.run(
          """
          INSERT INTO run (session, run, message_id, client_named, over_http, message, started,
            tools, doomed, pushed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (session, run) DO UPDATE
            SET started = excluded.started, tools = excluded.tools, doomed = excluded.doomed\
          """,
          session,
          run.id(),
          run.messageId(),
          run.clientNamed(),
          run.overHttp(),
          StoredText.of(said(run)),
          run.started(),
          tools,
          doomed == null ? null : StoredText.of(doomed),
          run.pushed());
    }
  }

  private static SnapshotRun tools(Run run) {
    return new SnapshotRun(
        run.id(), run.messageId(), SnapshotRun.RUNNING, "", List.of(), run.tools(), null);
  }

  private static Message said(Run run) {
    return new Message(run.content(), null, run.history(), List.of(), null, null, null);
  }

  private void ends(Change change) throws SQLException {
    for (SnapshotRun end : change.goneEnds()) {
      tables.run("DELETE FROM ended WHERE session = ? AND run = ?", session, end.runId());
    }
    for (SnapshotRun end : change.newEnds()) {
      tables.run(
          "INSERT INTO ended (session, run, result) VALUES (?, ?, ?)",
          session,
          end.runId(),
          StoredText.of(end));
    }
  }

  private void claims(Change change) throws SQLException {
    if (change.claimsGivenUp()) {
      tables.run("DELETE FROM claim WHERE session = ?", session);
    }
    for (Map.Entry<String, Claim> entry : change.putClaims()) {
      Claim claim = entry.getValue();
      tables.run(
          "INSERT OR REPLACE INTO claim VALUES (?, ?, ?, ?, ?, ?)",
          session,
          entry.getKey(),
          claim.contentSha256(),
          claim.runId(),
          result(claim.result()),
          claim.unseen());
    }
  }

  private static @Nullable String result(@Nullable SnapshotRun result) {
    return result == null ? null : StoredText.of(result);
  }
}
