/**
 * The end of a migration: its last report, then everything that Veer has made for it is removed,
 * and what is worth keeping of its records is kept.
 */
@NullMarked
package nl.veer.control.finish;

import org.jspecify.annotations.NullMarked;
