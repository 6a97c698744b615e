@NullMarked
package dev.holdfast.cli.checkclient;

import org.jspecify.annotations.NullMarked;
