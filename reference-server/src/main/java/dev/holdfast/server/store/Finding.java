package dev.holdfast.server.store;

import dev.holdfast.protocol.Few;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.server.Claim;
import dev.holdfast.protocol.server.ClientPositions;
import dev.holdfast.protocol.server.Retention;
import dev.holdfast.protocol.server.Run;
import dev.holdfast.protocol.server.SessionState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/** Reads all sessions out of the tables, as they were when last kept and without connections. */
final class Finding {
  private final Map<String, PMap<String, ClientPositions>> clients = new HashMap<>();
  private final Map<String, PMap<String, Claim>> claims = new HashMap<>();
  private final Map<String, List<Frame>> frames = new HashMap<>();
  private final Map<String, List<Run>> runs = new HashMap<>();
  private final Map<String, List<SnapshotRun>> ends = new HashMap<>();
  private final List<SessionState> sessions = new ArrayList<>();

  private Finding() {}

  static List<SessionState> in(Connection connection) throws SQLException, IOException {
    Finding finding = new Finding();
    try (Statement sql = connection.createStatement()) {
      each(sql, "SELECT * FROM client ORDER BY hello_at", finding::client);
      each(sql, "SELECT * FROM frame ORDER BY n", finding::frame);
      each(sql, "SELECT * FROM run ORDER BY n", finding::run);
      each(sql, "SELECT * FROM ended ORDER BY n", finding::end);
      each(sql, "SELECT * FROM claim", finding::claim);
      each(sql, "SELECT * FROM session", finding::session);
    }
    return finding.sessions;
  }

  /** What is done with one row. */
  private interface Row {
    void read(ResultSet row) throws SQLException, IOException;
  }

  private static void each(Statement sql, String query, Row row) throws SQLException, IOException {
    try (ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        row.read(rows);
      }
    }
  }

  /** The clock of hellos begins anew: only their order matters, and all lie in the past. */
  private void client(ResultSet row) throws SQLException {
    String session = row.getString("session");
    PMap<String, ClientPositions> known = clients.getOrDefault(session, TreePMap.empty());
    var positions =
        new ClientPositions(
            row.getLong("attempt"),
            row.getLong("processed"),
            row.getLong("acked"),
            row.getLong("gap_at"),
            Long.MIN_VALUE + known.size(),
            row.getBoolean("sync"));
    clients.put(session, known.plus(row.getString("client"), positions));
  }

  private void frame(ResultSet row) throws SQLException, IOException {
    of(frames, row).add(StoredText.frame(row.getString("frame")));
  }

  private static <V> List<V> of(Map<String, List<V>> lists, ResultSet row) throws SQLException {
    return lists.computeIfAbsent(row.getString("session"), s -> new ArrayList<>());
  }

  private void run(ResultSet row) throws SQLException, IOException {
    Message said = StoredText.body(row.getString("message"), Message.class);
    String doomed = row.getString("doomed");
    String content = said.content();
    of(runs, row)
        .add(
            new Run(
                row.getString("run"),
                row.getString("message_id"),
                row.getBoolean("client_named"),
                row.getBoolean("over_http"),
                row.getBoolean("pushed"),
                content == null ? "" : content,
                said.history(),
                0,
                Long.MAX_VALUE,
                row.getBoolean("started"),
                TreePVector.empty(),
                0,
                "",
                Few.from(StoredText.run(row.getString("tools")).tools()),
                Few.none(),
                doomed == null ? null : StoredText.body(doomed, Failure.class)));
  }

  private void end(ResultSet row) throws SQLException, IOException {
    of(ends, row).add(StoredText.run(row.getString("result")));
  }

  private void claim(ResultSet row) throws SQLException, IOException {
    String result = row.getString("result");
    var claim =
        new Claim(
            row.getString("sha256"),
            row.getString("run"),
            result == null ? null : StoredText.run(result),
            row.getBoolean("unseen"));
    String session = row.getString("session");
    claims.put(
        session,
        claims.getOrDefault(session, TreePMap.empty()).plus(row.getString("message_id"), claim));
  }

  private void session(ResultSet row) throws SQLException {
    String id = row.getString("session");
    SessionState fresh = SessionState.fresh(id, row.getString("epoch"));
    var retention =
        new Retention(
            TreePVector.from(frames.getOrDefault(id, List.of())),
            row.getLong("bytes"),
            row.getLong("floor"),
            row.getBoolean("overflowed"));
    sessions.add(
        new SessionState(
            id,
            fresh.epoch(),
            access(row),
            fresh.connections(),
            clients.getOrDefault(id, TreePMap.empty()),
            retention,
            row.getLong("top_seq"),
            claims.getOrDefault(id, TreePMap.empty()),
            Few.from(runs.getOrDefault(id, List.of())),
            Few.from(ends.getOrDefault(id, List.of())),
            fresh.lonelySince(),
            row.getLong("expired_below"),
            null,
            fresh.pushesPaidTo(),
            fresh.wakeAt()));
  }

  private static SessionState.@Nullable Access access(ResultSet row) throws SQLException {
    String token = row.getString("token");
    String openedBy = row.getString("opened_by");
    return token == null || openedBy == null
        ? null
        : new SessionState.Access(token, openedBy, row.getBoolean("proven"));
  }
}
