/** Who has made rows differ, and their repair, over real crossings. */
@NullMarked
package nl.veer.control.mending;

import org.jspecify.annotations.NullMarked;
