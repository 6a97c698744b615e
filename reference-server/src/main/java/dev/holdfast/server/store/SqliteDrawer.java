package dev.holdfast.server.store;

import dev.holdfast.protocol.server.SessionState;
import org.jspecify.annotations.Nullable;

/** One session's rows. What it holds is known here, so that only what changed is written. */
final class SqliteDrawer implements Drawer {
  private final SqliteWriter writer;
  private final String session;
  private volatile @Nullable SessionState kept;

  /**
   * @param there what the rows hold; null when there are none, or none that count
   */
  SqliteDrawer(SqliteWriter writer, String session, @Nullable SessionState there) {
    this.writer = writer;
    this.session = session;
    kept = there;
  }

  @Override
  public boolean mustKeep(SessionState newer) {
    return new Change(before(newer), newer).matters();
  }

  @Override
  public void keep(SessionState newer, Done done) {
    boolean anew = kept == null;
    Change change = new Change(before(newer), newer);
    writer.write(
        tables -> {
          if (anew) {
            Filing.empty(tables, session);
          }
          Filing.file(tables, change);
        },
        failure -> {
          if (failure == null) {
            kept = newer;
          }
          done.told(failure);
        });
  }

  @Override
  public void empty() {
    if (kept != null) {
      kept = null;
      writer.write(tables -> Filing.empty(tables, session), failure -> {});
    }
  }

  /** A session that was never kept is compared with an untouched one. */
  private SessionState before(SessionState newer) {
    SessionState last = kept;
    return last == null ? SessionState.fresh(session, newer.epoch()) : last;
  }
}
