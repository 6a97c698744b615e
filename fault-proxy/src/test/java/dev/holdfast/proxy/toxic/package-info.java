/** The toxics one by one: their wrong twins, and their arithmetic in virtual time. */
@NullMarked
package dev.holdfast.proxy.toxic;

import org.jspecify.annotations.NullMarked;
