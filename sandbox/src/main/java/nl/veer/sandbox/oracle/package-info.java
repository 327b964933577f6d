/** The judge that is not Veer: compares two databases through COPY, byte by byte. */
@NullMarked
package nl.veer.sandbox.oracle;

import org.jspecify.annotations.NullMarked;
