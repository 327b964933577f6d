// Which of several waves a screen is about.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { notice, tone, verdictWord } from './parts.js'
import { speak } from './words.js'
import words from '../words/states.js'

const t = speak(words)

const BAD = { DIFFERENT: 0, UNKNOWN: 1, EQUAL: 2 }

/** DIFFERENT before UNKNOWN before EQUAL; of the same, what has a failure. */
function worse(a, b) {
  return BAD[a.verdict.verdict] - BAD[b.verdict.verdict] || (a.failure == null) - (b.failure == null)
}

/** Of those that are equally bad the first by name. */
function worst(waves) {
  return [...waves].sort((a, b) => worse(a, b) || (a.wave < b.wave ? -1 : 1))[0] ?? null
}

/**
 * Tells which wave a screen is about, each time that it is asked: the one of this name, or null if
 * there is none. Without a name it is the worst one when the waves were first known, and stays that
 * one, so that nobody commands another than they saw; a screen that `follows` turns to whichever
 * becomes the worst.
 */
export function chosen(live, name, { follows = false } = {}) {
  let current = name
  return () => {
    const { waves } = live
    const found = waves.find((wave) => wave.wave === current) ?? null
    if (name != null || (current != null && !follows)) return found
    // Of waves that are silent none is worse than the others.
    const bad = live.isSilent && found != null ? found : worst(waves)
    const shown = found == null || worse(bad, found) < 0 ? bad : found
    current = shown?.wave ?? current
    return shown
  }
}

/** That the address names a wave which is not there. */
export function noSuchWave(live, name, wave) {
  return name == null || wave != null || live.waves.length === 0
    ? nothing
    : notice('unknown', t('no.wave', { wave: name }), '')
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
