/** Waves whose links to their servers fail. */
@NullMarked
package nl.veer.control.link;

import org.jspecify.annotations.NullMarked;
