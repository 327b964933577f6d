/**
 * Waves that go over to another leg, and back: what is carried, what is proven, what is refused.
 */
@NullMarked
package nl.veer.control.leg;

import org.jspecify.annotations.NullMarked;
