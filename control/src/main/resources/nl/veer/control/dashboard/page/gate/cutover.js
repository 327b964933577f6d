// The attempt that is under way: its steps, and the clock of the outage.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { badge, card, command, english, figure } from '../shell/parts.js'
import { format, language, speak } from '../shell/words.js'
import words from '../words/gate.js'
import { attempt } from './attempt.js'
import { toldAgo } from './commands.js'
import { doing, named, word } from './predicates.js'

const t = speak(words)

const SIGNS = { done: '✓', now: '↻', ahead: '·', given: '✕' }

/**
 * What goes on; nothing if nothing does. If that was told a while ago it stays, and its clock stands
 * where it was then. `abort` is a button, or nothing.
 */
export function underWayCard(going, wave, live, answer, abort) {
  if (going == null) return nothing
  const unsure = answer.isUnsure
  const counted = going.outage(live)
  const outage = unsure && counted != null ? Math.max(0, counted - answer.ageMillis) : counted
  const over = outage != null && outage > going.budgetMillis
  const colour = outage == null || unsure ? 'text-unknown' : over ? 'text-different' : 'text-flight'
  return html`<section class="card under-way ${unsure ? 'unsure' : ''}">
    <div class="head">
      <h2>${t('under.way', { kind: named(going.name) })}</h2>
      ${unsure ? badge('unknown', named('UNKNOWN')) : badge('flight', doing(going.state))}
    </div>
    ${toldAgo(answer)} ${stepper(going)}
    <div class="clock ${colour}">
      <span id="outage" class="clock-time">${outage == null ? '–' : tenths.format(outage / 1000) + '\u00a0s'}</span>
      <span>${outage == null ? t('not.fenced') : t('outage.of', { budget: format.millis(going.budgetMillis) })}</span>
      <progress class="flight" aria-label=${t('outage')} max=${going.budgetMillis} value=${Math.min(outage ?? 0, going.budgetMillis)}></progress>
    </div>
    <p class="soft">${t('under.words', { at: format.when(going.startedAt) })}</p>
    <div class="under-ways">${abort} ${command(line(going, 'abort', wave))} ${command(line(going, 'resume', wave))}</div>
  </section>`
}

function line(going, option, wave) {
  return `veer ${going.leg % 2 === 1 ? 'fallback' : 'cutover'} --${option} --wave ${word(wave)}`
}

/** With a digit that moves, so that one sees that it does. */
const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

export function stepper(of) {
  const given = of.state === 'ABORTED'
  const reached = of.steps.findIndex((step) => step.state !== 'done')
  return html`<ol class="steps" aria-label=${t('steps')}>
    ${of.steps.map((step, i) => {
      const state = given && i === reached ? 'given' : step.state
      return html`<li class="step ${state}" data-step=${step.name} aria-current=${state === 'now' ? 'step' : nothing}>
        <span class="step-sign" aria-hidden="true">${SIGNS[state]}</span>
        <strong>${state === 'now' ? doing(step.name) : named(step.name)}</strong>
        <small>${step.millis == null ? t('step.' + state) : format.millis(step.millis)}</small>
      </li>`
    })}
  </ol>`
}

/** The last attempts, the outage of each against its budget. */
export function attemptsCard(answer, wave) {
  const lines = answer.last?.waves.find((one) => one.wave === wave)?.attempts
  if (lines == null) return card(t('attempts'), html`<p class="soft">${answer.refused?.message || t('asking')}</p>`)
  const over = lines.filter((line) => line.finishedAt != null).map(attempt)
  return card(
    t('attempts'),
    over.length === 0
      ? html`<p>${t('attempts.none')}</p>`
      : html`${over.slice(0, 5).map(
          (one) => html`<article class="attempt" data-attempt=${one.id}>
            <div class="head">
              <h3>${named(one.name)} ${one.id}</h3>
              ${badge(one.state === 'ABORTED' ? 'different' : 'plain', named(one.state))}
            </div>
            <dl class="figures">
              ${figure(t('outage'), format.millis(one.outageMillis), t('of.budget', { budget: format.millis(one.budgetMillis) }))}
              ${figure(t('when'), html`<time datetime=${one.startedAt}>${t('ago', { age: format.ago(one.startedAt) })}</time>`, format.moment(one.startedAt))}
              ${one.tables == null ? nothing : figure(t('compared'), format.count(one.tables), t('rows', { n: one.rows }))}
            </dl>
            <details>
              <summary>${t('steps')}</summary>
              ${stepper(one)}
            </details>
            ${one.proof ? html`<p class="small">${english(one.proof)} ${at(one)}</p>` : nothing}
            ${one.failure
              ? html`<p class="text-different"><span class="code">${one.failureCode}</span> ${english(one.failure)}</p>`
              : nothing}
          </article>`,
        )}`,
  )
}

function at(one) {
  return one.verdict === 'EQUAL' && one.marker
    ? html`<span class="text-equal">✓ ${t('equal.at')} <span class="code">${one.marker}</span></span>`
    : nothing
}
