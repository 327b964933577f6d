/** The roles of a wave, wired, run, ended and undone. */
@NullMarked
package nl.veer.control.wave;

import org.jspecify.annotations.NullMarked;
