/** Scans that somebody asks for, beside those that a wave's verifier makes by itself. */
@NullMarked
package nl.veer.control.scan;

import org.jspecify.annotations.NullMarked;
