/** What {@code check client} alone needs: which cases, whose client, the stage that plays them. */
@NullMarked
package dev.holdfast.cli.checkclient;

import org.jspecify.annotations.NullMarked;
