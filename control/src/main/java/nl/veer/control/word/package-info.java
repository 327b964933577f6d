/**
 * What each role says of itself, in the migration's status topic: the words, who publishes them,
 * who reads them and tells which roles have fallen silent.
 */
@NullMarked
package nl.veer.control.word;

import org.jspecify.annotations.NullMarked;
