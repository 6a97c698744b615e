/** What a server needs beside its address: headers, and whom to trust under TLS. */
@NullMarked
package dev.holdfast.client.access;

import org.jspecify.annotations.NullMarked;
