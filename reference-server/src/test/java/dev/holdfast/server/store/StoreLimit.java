package dev.holdfast.server.store;

/** Makes a disk full, as far as a store can tell, and roomy again. */
public final class StoreLimit {
  private StoreLimit() {}

  /** Fewer pages than there are allows none more. */
  public static void pages(SqliteStore store, int pages) {
    store.limitPages(pages);
  }
}
