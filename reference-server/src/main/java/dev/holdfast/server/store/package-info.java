/** Where sessions outlive the process that serves them: one port, memory and SQLite behind it. */
@NullMarked
package dev.holdfast.server.store;

import org.jspecify.annotations.NullMarked;
