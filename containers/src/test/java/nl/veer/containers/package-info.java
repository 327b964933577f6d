/** Tests of what is deployed, from the outside: image, compose files, units, real containers. */
@NullMarked
package nl.veer.containers;

import org.jspecify.annotations.NullMarked;
