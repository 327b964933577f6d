/** What all of Veer's own tables are asked and written with, wherever they are. */
@NullMarked
package nl.veer.control.home;

import org.jspecify.annotations.NullMarked;
