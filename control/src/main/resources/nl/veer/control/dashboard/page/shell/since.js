// How long ago something was heard. A machine that was asleep is counted in: the clock of a browser
// that goes on evenly may have stood still meanwhile.

/** Now, by both clocks. */
export function moment() {
  return { mono: performance.now(), wall: Date.now() }
}

/** Milliseconds since that moment; the wall's clock may have been put back, and then the other says more. */
export function since({ mono, wall }) {
  return Math.max(performance.now() - mono, Date.now() - wall)
}
