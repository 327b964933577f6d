@NullMarked
package nl.veer.verifier.changed;

import org.jspecify.annotations.NullMarked;
