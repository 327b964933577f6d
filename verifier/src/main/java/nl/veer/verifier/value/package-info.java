/**
 * Values in one typed, injective form, whoever read them: an event of the log or echo, or a row by
 * SQL. The verifier's own reading; it shares none with capture and replicator.
 */
@NullMarked
package nl.veer.verifier.value;

import org.jspecify.annotations.NullMarked;
