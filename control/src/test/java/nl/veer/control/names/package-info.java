/**
 * Names that are more than names: every way through Veer with SQL, quotes and control characters.
 */
@NullMarked
package nl.veer.control.names;

import org.jspecify.annotations.NullMarked;
