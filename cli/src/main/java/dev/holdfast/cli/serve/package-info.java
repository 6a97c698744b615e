/** What {@code serve} alone needs: who answers, and who may connect. */
@NullMarked
package dev.holdfast.cli.serve;

import org.jspecify.annotations.NullMarked;
