package nl.veer.control.finish;

import org.jspecify.annotations.Nullable;

/**
 * What somebody who finishes a migration wants.
 *
 * @param onSource waves that are on the source stay there
 * @param despite why it is finished although not everything is proven equal; null if it must be
 * @param unfence the fences that stand are lowered
 * @param archive the records are kept, or removed
 */
public record FinishOptions(
    boolean onSource, @Nullable String despite, boolean unfence, boolean archive) {}
