/** What can go wrong, in one vocabulary: the kind of a failure alone decides what happens next. */
@NullMarked
package nl.veer.connectors.failure;

import org.jspecify.annotations.NullMarked;
