// The way of a change as a picture: source → log → target → echo → verifier.

import { html, nothing, svg } from '/assets/lib/lit-html/lit-html.js'
import { stateTone, stateWord } from '../shell/waves.js'
import { format, speak } from '../shell/words.js'
import words from '../words/overview.js'

const t = speak(words)

const WAY = ['source', 'log', 'target', 'echo', 'verifier']

/** So long a position is written out; of a longer one the end is. */
const POSITION = 17

/** The picture, lying or standing, and the same in words for whoever cannot see it. */
export function flow(wave, standing) {
  const legs = WAY.slice(1).map((to, i) => wave.flow?.[i] ?? { from: WAY[i], to, state: 'UNKNOWN' })
  const places = WAY.map((name, i) => ({
    name: placeName(name, wave),
    position: i === 0 ? wave.sourcePosition : legs[i - 1].position,
  }))
  return html`
    ${standing ? stands(places, legs) : lies(places, legs)}
    <ol class="unseen">
      ${legs.map((leg, i) => html`<li>${inWords(places[i].name, places[i + 1].name, leg)}</li>`)}
    </ol>
  `
}

/** After a cutover the changes come from the configured target. */
function placeName(name, wave) {
  if (wave.leg?.from !== 'target' || (name !== 'source' && name !== 'target')) return t('at.' + name)
  return t(name === 'source' ? 'at.former.target' : 'at.former.source')
}

function inWords(from, to, leg) {
  return t('leg', { from, to, state: stateWord(leg.state), rate: rate(leg), lag: lag(leg), heard: heard(leg) })
}

function rate(leg) {
  return t('rate', { n: perSecond(leg.transactionsPerSecond) })
}

function rows(leg) {
  return t('rows.rate', { n: perSecond(leg.rowsPerSecond) })
}

function perSecond(n) {
  return format.rate(n == null || n < 10 ? n : Math.round(n))
}

function lag(leg) {
  return leg.lagMillis == null ? behind(leg) : format.millis(leg.lagMillis)
}

function behind(leg) {
  return t('behind', { bytes: format.bytes(leg.bytesBehind) })
}

function heard(leg) {
  return leg.heardMillisAgo == null ? '' : t('heard', { age: format.millis(leg.heardMillisAgo) })
}

/** Below that: of a leg that nothing is heard of, for how long; of another that is not steady, why. */
function below(leg) {
  if (stateTone(leg.state) === 'unknown') {
    return leg.heardMillisAgo == null ? nothing : format.millis(leg.heardMillisAgo)
  }
  if (!isSteady(leg)) return stateWord(leg.state)
  return leg.lagMillis == null || leg.bytesBehind == null ? nothing : behind(leg)
}

function isSteady(leg) {
  return stateTone(leg.state) === 'plain'
}

function line(leg) {
  return leg.lagMillis == null && leg.bytesBehind == null ? '–' : lag(leg)
}

function above(leg) {
  return stateTone(leg.state) === 'unknown' ? stateWord(leg.state) : line(leg)
}

const STEP = 276
const BOX = 140

function lies(places, legs) {
  return html`<svg class="flow" viewBox="0 20 1244 94" aria-hidden="true">
    ${legs.map((leg, i) => {
      const from = i * STEP + BOX
      const middle = from + (STEP - BOX) / 2
      return svg`<g class="leg ${stateTone(leg.state)}">
        <path d="M${from + 6} 68H${from + STEP - BOX - 14}"/>
        <path class="tip" d="M${from + STEP - BOX - 6} 68l-11 -6v12z"/>
        <text class="strong" x=${middle} y="36">${rate(leg)}</text>
        <text class="faint" x=${middle} y="55">${rows(leg)}</text>
        <text class="strong" x=${middle} y="91">${above(leg)}</text>
        <text class="faint" x=${middle} y="109">${below(leg)}</text>
      </g>`
    })}
    ${places.map(
      (place, i) => svg`<g class="place">
        <rect x=${i * STEP + 1} y="37" width=${BOX - 2} height="62" rx="9"/>
        <text class="strong" x=${i * STEP + BOX / 2} y="63">${place.name}</text>
        <text class="faint at" x=${i * STEP + BOX / 2} y="84">${short(place.position)}</text>
      </g>`,
    )}
  </svg>`
}

const DOWN = 96

function stands(places, legs) {
  return html`<svg class="flow stands" viewBox="0 0 350 ${4 * DOWN + 44}" aria-hidden="true">
    ${legs.map((leg, i) => {
      const from = i * DOWN + 44
      return svg`<g class="leg ${stateTone(leg.state)}">
        <path d="M28 ${from + 5}V${from + 38}"/>
        <path class="tip" d="M28 ${from + 47}l-6 -11h12z"/>
        <text class="strong" x="52" y=${from + 23}>${rate(leg)}</text>
        <text class="strong" x="345" y=${from + 23} text-anchor="end">${above(leg)}</text>
        <text class="faint" x="52" y=${from + 41}>${rows(leg)}</text>
        <text class="faint" x="345" y=${from + 41} text-anchor="end">${below(leg)}</text>
      </g>`
    })}
    ${places.map(
      (place, i) => svg`<g class="place">
        <rect x="1" y=${i * DOWN + 1} width="348" height="42" rx="9"/>
        <text class="strong" x="14" y=${i * DOWN + 27}>${place.name}</text>
        <text class="faint at" x="336" y=${i * DOWN + 27}>${short(place.position)}</text>
      </g>`,
    )}
  </svg>`
}

function short(position) {
  if (position == null) return '–'
  return position.length <= POSITION ? position : '…' + position.slice(1 - POSITION)
}
