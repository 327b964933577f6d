// What may be asked of a wave here, what waits for a second person, and what has come of it.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { may } from '../shell/api.js'
import { badge, card, english } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import words from '../words/gate.js'

const t = speak(words)

const ORDER = ['REHEARSE', 'CUTOVER', 'FALLBACK', 'SCAN', 'PAUSE', 'RESUME', 'ABORT']

const TONES = { WAITING_APPROVAL: 'flight', RUNNING: 'flight', DONE: 'plain', FAILED: 'different', REFUSED: 'different', EXPIRED: 'unknown' }

/** Whether there is a name for a command in this language. */
export function commandWord(name) {
  return t('do.' + name)
}

/** That what is shown was told a while ago. */
export function toldAgo(answer) {
  return answer.isUnsure
    ? html`<p class="text-unknown told"><strong>?</strong> ${t('told.ago', { age: format.millis(answer.ageMillis) })}</p>`
    : nothing
}

/** The buttons, for who may; `ask(wave, command)` opens the dialog. */
export function buttonsCard(wave, who, answer, ask) {
  if (who == null) return nothing
  if (!may(who.role, 'OPERATOR')) return card(t('commands'), html`<p>${t('only.operators', { role: t('role.' + who.role) })}</p>`)
  const choices = choicesOf(answer, wave)
  if (choices.length === 0) return card(t('commands'), html`<p class="soft">${answer.refused?.message || t('asking')}</p>`)
  const shown = ORDER.map((name) => choices.find((one) => one.command === name)).filter(Boolean)
  const whys = [...new Set(shown.filter((one) => !one.allowed).map((one) => one.why))]
  return card(
    t('commands'),
    html`<div class="buttons">
        ${shown.map((one) => button(one, ask, whys.indexOf(one.why)))}
      </div>
      ${whys.map((why, i) => html`<p class="small" id="why-${i}">${named(shown, why)}: ${english(why)}</p>`)}`,
  )
}

export function choicesOf(answer, wave) {
  return answer.last?.allowed.filter((one) => one.wave === wave) ?? []
}

function named(shown, why) {
  return shown.filter((one) => one.why === why).map((one) => commandWord(one.command)).join(', ')
}

function button(choice, ask, why) {
  const { wave, command, allowed } = choice
  const kind = command === 'ABORT' ? 'danger' : command === 'CUTOVER' || command === 'FALLBACK' ? 'main' : ''
  return html`<button
    type="button"
    class=${kind}
    data-command=${command}
    ?disabled=${!allowed}
    title=${allowed ? nothing : choice.why}
    aria-describedby=${allowed || why < 0 ? nothing : 'why-' + why}
    @click=${() => ask(wave, command)}
  >
    ${commandWord(command)}
  </button>`
}

/** The one button that must be at hand while a cutover is under way. */
export function abortButton(wave, who, answer, ask) {
  if (who == null || !may(who.role, 'OPERATOR')) return nothing
  const choice = choicesOf(answer, wave).find((one) => one.command === 'ABORT')
  return choice ? button(choice, ask, -1) : nothing
}

/** What waits for a second person; `decide(command, approve)` opens the dialog. */
export function waitingCard(who, answer, decide) {
  const waiting = (answer.last?.commands ?? []).filter((one) => one.state === 'WAITING_APPROVAL')
  if (waiting.length === 0) return nothing
  return card(
    t('waiting'),
    html`${toldAgo(answer)} ${waiting.map(
      (one) => html`<div class="waits" data-id=${one.id}>
        <p>
          <strong>${t('wants', { who: one.askedBy, what: commandWord(one.command), wave: one.wave })}</strong>
          <small class="inline">${t('ago', { age: format.ago(one.askedAt) })}${one.approvalUntil ? html`, ${t('until', { at: format.when(one.approvalUntil) })}` : nothing}</small>
        </p>
        ${one.reason ? html`<p>${t('because', { why: one.reason })}</p>` : nothing}
        ${one.budgetMillis != null ? html`<p>${t('at.most', { budget: format.millis(one.budgetMillis) })}</p>` : nothing}
        ${whoMay(who, one, decide)}
      </div>`,
    )}`,
    'flight-card',
  )
}

function whoMay(who, one, decide) {
  if (who == null || !may(who.role, 'APPROVER')) return html`<p class="soft">${t('needs.approver')}</p>`
  if (who.name === one.askedBy) return html`<p class="soft">${t('your.own')}</p>`
  return html`<div class="buttons">
    <button type="button" class="main" @click=${() => decide(one, true)}>${t('approve')}</button>
    <button type="button" @click=${() => decide(one, false)}>${t('refuse')}</button>
  </div>`
}

/** What was asked of this process, and what came of it. */
export function recentCard(answer) {
  const past = (answer.last?.commands ?? []).filter((one) => one.state !== 'WAITING_APPROVAL')
  if (past.length === 0) return nothing
  return card(
    t('recent'),
    html`${toldAgo(answer)} <ul class="plain">
      ${past.slice(0, 8).map(
        (one) => html`<li class="recent">
          ${badge(TONES[one.state] ?? 'unknown', t('state.' + one.state))}
          <span>
            <strong>${commandWord(one.command)}</strong> ${one.wave}${one.result ? html` · ${one.result}` : nothing}
            <small>
              ${one.approvedBy ? t('by.both', { who: one.askedBy, second: one.approvedBy }) : one.askedBy},
              ${t('ago', { age: format.ago(one.askedAt) })}${one.reason ? html`: ${one.reason}` : nothing}
            </small>
            ${one.failureCode
              ? html`<span class="text-different"><span class="code">${one.failureCode}</span> ${english(one.failure ?? '')}</span>`
              : one.words ? html`<small>${english(one.words)}</small>` : nothing}
          </span>
        </li>`,
      )}
    </ul>`,
  )
}
