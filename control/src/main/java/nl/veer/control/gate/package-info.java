/** What must hold before a wave is cut over: read now, judged, and waived only by name. */
@NullMarked
package nl.veer.control.gate;

import org.jspecify.annotations.NullMarked;
