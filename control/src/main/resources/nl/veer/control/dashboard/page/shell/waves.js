// Which of several waves a screen is about.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { tone, verdictWord } from './parts.js'
import { speak } from './words.js'
import words from '../words/states.js'

const t = speak(words)

const BAD = { DIFFERENT: 0, UNKNOWN: 1, EQUAL: 2 }

/** DIFFERENT before UNKNOWN before EQUAL; of the same, what has a failure, then the greater lag. */
function worse(a, b) {
  return (
    BAD[a.verdict.verdict] - BAD[b.verdict.verdict] ||
    (a.failure == null) - (b.failure == null) ||
    (b.lagMillis ?? 0) - (a.lagMillis ?? 0)
  )
}

/** The wave of this name; the worst one if none is named, or there is none of that name. */
export function chosen(waves, name) {
  return waves.find((wave) => wave.wave === name) ?? [...waves].sort(worse)[0] ?? null
}

/** One link per wave, if there are several. */
export function waveSwitch(waves, current, path) {
  if (waves.length < 2) return nothing
  return html`<nav class="waves" aria-label=${t('waves')}>
    ${waves.map((wave) => {
      const of = tone(wave.verdict.verdict)
      return html`<a
        class="wave text-${of}"
        href="${path}?wave=${encodeURIComponent(wave.wave)}"
        aria-current=${wave.wave === current?.wave ? 'true' : nothing}
        ><strong>${wave.wave}</strong> ${verdictWord(wave.verdict.verdict)}
        <small>${wave.verdict.equal}/${wave.verdict.tables}</small></a
      >`
    })}
  </nav>`
}

/** What a wave or a role does, in this language. */
export function stateWord(state) {
  return t(state in words.en ? state : 'UNKNOWN')
}

const TONES = {
  RUNNING: 'plain',
  REPLICATING: 'plain',
  CAPTURING: 'plain',
  WAITING: 'plain',
  STARTING: 'flight',
  LOADING: 'flight',
  CATCHING_UP: 'flight',
  RETRYING: 'flight',
  INCIDENT: 'different',
  FAILED: 'different',
}

/** Amber for what is under way, red for what stands in the way, grey for what is not known. */
export function stateTone(state) {
  return TONES[state] ?? 'unknown'
}
