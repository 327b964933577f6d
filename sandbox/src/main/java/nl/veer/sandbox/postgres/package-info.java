/** PostgreSQL servers from packaged binaries, in a directory of their own. */
@NullMarked
package nl.veer.sandbox.postgres;

import org.jspecify.annotations.NullMarked;
