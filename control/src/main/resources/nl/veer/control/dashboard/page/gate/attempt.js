// An attempt to cut over, or a rehearsal: its steps, and how long writes are refused.

const CUTOVER = ['PREPARED', 'FENCED', 'DRAINED', 'PROVEN', 'SEQUENCED', 'REVERSED', 'OPENED']
const REHEARSAL = ['PREPARED', 'FENCED', 'DRAINED', 'PROVEN', 'REHEARSED']

/** A line of /cutover, with what follows from it. */
export function attempt(line) {
  return {
    ...line,
    name: line.kind === 'REHEARSAL' ? 'REHEARSAL' : line.leg % 2 === 1 ? 'FALLBACK' : 'CUTOVER',
    isOver: line.finishedAt != null,
    outage: (live) => outage(line, live),
    steps: steps(line),
  }
}

/** The one that goes on, or waits to be resumed; null if none does. */
export function underWay(lines) {
  const line = lines.find((one) => one.finishedAt == null)
  return line ? attempt(line) : null
}

/**
 * Milliseconds for which writes are, or were, refused; by the server's clock, for this machine's
 * may be wrong. Null if that is not known, or they are not.
 */
function outage(line, live) {
  if (line.outageMillis != null) return line.outageMillis
  if (line.fencedAt == null || line.finishedAt != null || live.serverNow == null) return null
  return Math.max(0, live.serverNow - Date.parse(line.fencedAt))
}

/** A state is on record before its step runs; the time of a step, when it is done. */
function steps(line) {
  return (line.kind === 'REHEARSAL' ? REHEARSAL : CUTOVER).map((name) => {
    const millis = line.steps[name] ?? null
    const ended = line.finishedAt != null && line.state === name
    const state = millis != null || ended ? 'done' : line.state === name ? 'now' : 'ahead'
    return { name, state, millis }
  })
}
