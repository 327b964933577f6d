/** Databases, sessions and JVMs that write and sort the same values in other ways. */
@NullMarked
package nl.veer.control.locale;

import org.jspecify.annotations.NullMarked;
