/** Rehearsals, cutovers and fallbacks, between real servers and under a live shop. */
@NullMarked
package nl.veer.control.cutover;

import org.jspecify.annotations.NullMarked;
