// One verdict for all waves, huge, and whether they may be moved.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { isInTheWay, named, screenOf } from '../gate/predicates.js'
import { english, tone, verdictWord } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import words from '../words/overview.js'

const t = speak(words)

const SIGNS = { EQUAL: '✓', DIFFERENT: '✕', UNKNOWN: '?' }

/**
 * @param wave the one that is shown; null before any is known
 * @param gate the answer about the gates
 */
export function hero(live, wave, gate) {
  const { verdict, waves } = live
  const sum = (name) => waves.reduce((all, one) => all + one.verdict[name], 0)
  const rest = sum('different') + sum('unknown')
  return html`<section class="hero ${tone(verdict)}">
    <div>
      <h1 class="text-${tone(verdict)}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${verdictWord(verdict)}</h1>
      ${waves.length === 0
        ? nothing
        : html`<p class="hero-of">
            ${t('verdict.of', { equal: sum('equal'), n: sum('tables') })}${rest > 0
              ? html` · ${t('verdict.rest', { different: sum('different'), unknown: sum('unknown') })}`
              : nothing}
          </p>`}
      ${wave == null
        ? nothing
        : html`<p class="soft">${waves.length > 1 ? html`${t('of.wave', { wave: wave.wave })}: ` : nothing}${where(wave, live)}</p>`}
    </div>
    ${wave == null ? nothing : html`<div class="may">${may(wave, gate, live)}</div>`}
  </section>`
}

/** For which position it holds, and how old that is. */
function where(wave, live) {
  const { verdict, position, ageMillis, words: why } = wave.verdict
  const at = position == null ? t('verdict.never') : html`${atPosition(verdict, position)}`
  const age = ageMillis == null ? null : format.millis(ageMillis + (live.ageMillis ?? 0))
  return html`${at}${age == null ? nothing : html`, ${t('verdict.age', { age })}`}
  ${why ? html`<br />${english(why)}` : nothing}`
}

function atPosition(verdict, position) {
  const [before, after] = t(verdict === 'UNKNOWN' ? 'verdict.until' : 'verdict.at', { position: '\u0000' }).split('\u0000')
  return html`${before}<span class="code">${position}</span>${after}`
}

/** In one line: whether the wave may be moved, and if not, why not. */
function may(wave, answer, live) {
  const question = t(wave.leg?.from === 'target' ? 'may.fallback' : 'may.cutover')
  const body = answer.body
  const gate = body?.gates.find((one) => one.wave === wave.wave)
  const to = '/gate?wave=' + encodeURIComponent(wave.wave)
  const said =
    live.isSilent ? { of: 'unknown', text: t('unheard') }
    : gate ? told(gate)
    : { of: 'unknown', text: untold(answer) }
  const cause = said.blocker && screenOf(said.blocker.name, wave.wave)
  return html`
    <h2>${question}</h2>
    <p class="may-line text-${said.of}" id="may">${said.text}</p>
    <p class="links">
      <a href=${to}>${t('to.gate')}</a>${cause ? html`<a href=${cause}>${t('to.cause')}</a>` : nothing}
      ${answer.ageMillis == null ? nothing : html`<small>${t('gate.age', { age: format.millis(answer.ageMillis) })}</small>`}
    </p>
  `
}

function untold({ last, isStale, refused }) {
  const failure = last?.failure ?? refused?.message
  if (failure) return t('unread', { why: failure })
  return last?.at == null ? t('unlooked') : isStale ? t('unheard') : t('gone')
}

/** Green is for what is proven equal; that a gate is open is no proof. */
function told(gate) {
  const { predicates } = gate
  const n = predicates.length
  if (gate.open) {
    const waived = predicates.filter((one) => one.state === 'WAIVED')
    return waived.length > 0
      ? { of: 'flight', text: t('yes.waived', { waived: waived.length, n, which: waived.map((one) => named(one.name)).join(', ') }) }
      : { of: 'plain', text: t('yes', { holding: n, n }) }
  }
  const blockers = predicates.filter(isInTheWay)
  const blocker = predicates.find((one) => one.name === gate.blocker) ?? blockers[0]
  const dark = gate.state === 'UNKNOWN'
  const which = '\u0000'
  const [before, after] = t(dark ? 'dark' : 'no', { count: blockers.length, n, which }).split(which)
  return {
    of: dark ? 'unknown' : 'different',
    text: html`${before}${blocker ? html`${named(blocker.name)}: ${english(blocker.value)}` : '–'}${after}`,
    blocker,
  }
}
