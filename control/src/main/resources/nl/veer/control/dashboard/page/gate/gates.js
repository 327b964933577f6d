// The gate's predicates as they stood at the last look, with what helps.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { band, gateBadge } from '../overview/cards.js'
import { badge, card, command, english, figure } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import words from '../words/gate.js'
import { isInTheWay, lineOf, named, ranked, screenOf } from './predicates.js'

const t = speak(words)

const TONES = { SHUT: 'different', UNKNOWN: 'unknown', WAIVED: 'flight' }

/** The gate in figures: its state, what holds, when it will be open. */
export function summary(wave, answer, live) {
  const gate = gateOf(answer, wave.wave)
  const failure = answer.last?.failure ?? answer.refused?.message
  const { earliest, latest, lagZeroAt, words: why } = wave.forecast ?? {}
  const holding = gate?.predicates.filter((one) => one.state === 'HOLDS').length
  const waived = gate?.predicates.filter((one) => one.state === 'WAIVED').length
  return html`<section class="card gate-state">
    <dl class="figures">
      ${figure(t('gate'), gateBadge(live.isSilent ? null : gate), looked(answer))}
      ${figure(t('holding'), format.count(holding), t('of', { n: gate?.predicates.length ?? null }))}
      ${waived > 0 ? figure(t('waived'), format.count(waived)) : nothing}
      ${gate?.open
        ? nothing
        : figure(t('projected'), format.when(gate?.projected), gate?.projected ? '' : t('projected.none'))}
      ${figure(t('lag.gone'), format.when(lagZeroAt), lagZeroAt ? band(earliest, latest) : why ? english(why) : '')}
    </dl>
    ${failure ? html`<p class="text-unknown"><strong>?</strong> ${t('unread', { why: failure })}</p>` : nothing}
    ${gate?.unproven.length > 0
      ? html`<p class="text-flight"><strong>↻</strong> ${t('unproven', { which: gate.unproven.map(named).join(', ') })}</p>`
      : nothing}
  </section>`
}

export function gateOf(answer, wave) {
  return answer.body?.gates.find((one) => one.wave === wave) ?? null
}

function looked(answer) {
  const { last } = answer
  if (last?.at == null) return t('unlooked')
  const age = t(answer.isStale ? 'looked.last' : 'looked', { age: format.millis(answer.ageMillis) })
  return last.looking && !answer.isStale ? `${age}, ${t('looking')}` : age
}

export function predicatesCard(wave, answer) {
  const gate = gateOf(answer, wave.wave)
  return card(
    t('conditions'),
    gate == null
      ? html`<p class="soft">${looked(answer)}</p>`
      : html`<ul class="conditions">${ranked(gate.predicates).map((one) => row(one, wave.wave))}</ul>`,
  )
}

function row(one, wave) {
  const to = isInTheWay(one) ? screenOf(one.name, wave) : null
  const line = lineOf(one, wave)
  return html`<li class="condition ${one.state.toLowerCase()}">
    <div>${badge(TONES[one.state] ?? 'plain', named(one.state))}</div>
    <div>
      <div><strong>${named(one.name)}</strong> <small class="inline code">${one.name}</small></div>
      <p class="value">${english(one.value)}</p>
      ${one.state === 'WAIVED' ? html`<p class="text-flight">${t('waived.by', { by: one.by, why: one.reason })}</p>` : nothing}
      ${one.remedy && !line?.startsWith(one.remedy) ? html`<p class="soft">${english(one.remedy)}</p>` : nothing}
      ${one.projected ? html`<p class="soft">${t('holds.at', { at: format.when(one.projected) })}</p>` : nothing}
      ${line ? command(line) : nothing}
      ${to ? html`<a href=${to}>${t('to.cause')}</a>` : nothing}
    </div>
  </li>`
}
