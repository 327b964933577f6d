/** Tests of the Helm chart beside them. */
@NullMarked
package nl.veer.helm;

import org.jspecify.annotations.NullMarked;
