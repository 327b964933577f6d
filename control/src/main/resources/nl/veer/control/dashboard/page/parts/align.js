// Puts the events of a row in log and echo side by side, by the source's transactions. Pure.

/** Whose transactions answer for those of the log. */
const APPLY = 'APPLY'

/**
 * Rows of {log, echo, joined}: an event of the log, one of the echo, or both. An applied transaction
 * stands beside the last event of the log that it holds; `joined` marks those before it that were
 * applied together with it, as one net change. Whatever else has written to the target stands alone.
 */
export function align(log, echo) {
  const rows = []
  let next = 0
  for (const event of echo) {
    const held = []
    while (event.applied != null && next < log.length && log[next].transaction <= event.applied) {
      held.push(log[next++])
    }
    const answers = event.writer === APPLY && held.length > 0
    held.forEach((one, i) => {
      const last = answers && i === held.length - 1
      rows.push({ log: one, echo: last ? event : null, joined: answers && !last })
    })
    if (!answers) rows.push({ log: null, echo: event, joined: false })
  }
  while (next < log.length) rows.push({ log: log[next++], echo: null, joined: false })
  return rows
}

/** A masked row, `id #5b1c09, note #77fe31`, as pairs of a column and what stands for its value. */
export function masked(text) {
  if (text == null || text === '') return []
  return text.split(', ').map((pair) => {
    const at = pair.lastIndexOf(' ')
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
  })
}

/** The columns whose values are not the same on both sides, of those that both carry. */
export function differing(one, other) {
  const values = new Map(masked(other))
  return new Set(
    masked(one)
      .filter(([column, value]) => values.has(column) && values.get(column) !== value)
      .map(([column]) => column),
  )
}
