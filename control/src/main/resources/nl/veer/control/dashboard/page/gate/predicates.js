// What the gate's predicates are called, and what helps where one is in the way. Pure.

import { language, speak } from '../shell/words.js'
import words from '../words/gates.js'

const t = speak(words)

/** A predicate, a state or a step in this language; one that is new here has its own name. */
export function named(name) {
  return name in words[language] ? t(name) : name
}

/** A state on record says which step is under way. */
export function doing(state) {
  return named('now.' + state)
}

const RANKS = { SHUT: 0, UNKNOWN: 1, WAIVED: 2 }

/** What is in the way first, then what is not known, then what was waived. */
export function ranked(predicates) {
  return [...predicates].sort((a, b) => (RANKS[a.state] ?? 3) - (RANKS[b.state] ?? 3))
}

export function isInTheWay(predicate) {
  return predicate.state === 'SHUT' || predicate.state === 'UNKNOWN'
}

const DIFFERING = ['findings-none', 'differences-none', 'verdict-equal']
const SCANNED = ['tables-scanned', 'scans-fresh']

/** The screen that shows what is behind a predicate; null if that is none but the gate's own. */
export function screenOf(name, wave) {
  const query = '?wave=' + encodeURIComponent(wave)
  if (DIFFERING.includes(name)) return '/differences' + query
  return SCANNED.includes(name) ? '/tables' + query : null
}

/** What can be typed as it stands: other remedies are sentences. */
const LINE = /^(veer [\w -]+$|(ALTER|CREATE|DROP|GRANT|REINDEX) .*;)/

/** The command line, or SQL, that helps; null if only people can. */
export function lineOf(predicate, wave) {
  const { name, remedy } = predicate
  if (!isInTheWay(predicate)) return null
  const of = ' --wave ' + word(wave)
  if (remedy != null && LINE.test(remedy)) return remedy.startsWith('veer ') ? remedy + of : remedy
  if (DIFFERING.includes(name)) return 'veer diff' + of
  if (SCANNED.includes(name)) return 'veer scan' + of
  return name.startsWith('lag-') ? 'veer status' : name === 'ledger-balanced' ? 'veer verify' : null
}

/** As a shell takes it. */
export function word(text) {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
