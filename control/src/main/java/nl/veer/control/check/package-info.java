/** Preflight: what would go wrong, found before anything is touched, with what mends it. */
@NullMarked
package nl.veer.control.check;

import org.jspecify.annotations.NullMarked;
