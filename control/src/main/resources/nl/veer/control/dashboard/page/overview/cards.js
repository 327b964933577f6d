// The cards below the picture: load, today, forecast, gate, incidents.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { isInTheWay, named, ranked } from '../gate/predicates.js'
import { badge, card, english, figure, meter } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import words from '../words/overview.js'

const t = speak(words)

/** So many incidents and predicates are named here; the rest is a link away. */
const FEW = 4

export function load(wave) {
  const { tables, complete, rows, estimatedRows, rowsPerSecond, secondsLeft } = wave.load
  if (complete >= tables) return nothing
  const name = t('load.rows')
  return card(
    t('loading'),
    html`${meter(name, rows, estimatedRows)}
      <dl class="figures">
        ${figure(t('load.tables'), format.count(complete), t('of', { n: tables }))}
        ${figure(name, format.count(rows), t('of.about', { n: estimatedRows || null }))}
        ${figure(
          t('load.left'),
          secondsLeft == null ? '–' : format.millis(secondsLeft * 1000),
          rowsPerSecond > 0 ? t('load.rate', { n: format.rate(rowsPerSecond) }) : '',
        )}
      </dl>`,
  )
}

/** What was applied today, and when what is not will be. */
export function today(wave) {
  const { transactions, rows, since } = wave.today ?? {}
  const { lagZeroAt, earliest, latest, slotLostAt, words: why } = wave.forecast ?? {}
  return card(
    t('today'),
    html`<dl class="figures">
        ${figure(t('transactions'), format.count(transactions))} ${figure(t('rows'), format.count(rows))}
        ${lagZeroAt ? figure(t('lag.gone'), format.when(lagZeroAt), band(earliest, latest)) : nothing}
      </dl>
      <p class="small">${t('since', { at: format.when(since) })}${lagZeroAt || !why ? nothing : html` · ${english(why)}`}</p>
      ${slotLostAt
        ? html`<p class="text-different"><strong>✕</strong> ${t('slot.lost', { at: format.moment(slotLostAt) })}</p>`
        : nothing}`,
  )
}

export function band(earliest, latest) {
  if (earliest == null) return ''
  return latest == null
    ? t('lag.band.open', { from: format.when(earliest) })
    : t('lag.band', { from: format.when(earliest), to: format.when(latest) })
}

export function gate(wave, answer, live) {
  const gate = live.isSilent ? null : answer.body?.gates.find((one) => one.wave === wave.wave)
  if (!gate) return card(t('gate'), html`<p>${gateBadge(null)}</p>`)
  const { predicates } = gate
  const blockers = ranked(predicates).filter(isInTheWay)
  const holding = predicates.filter((one) => one.state === 'HOLDS').length
  return card(
    t('gate'),
    html`<dl class="figures">
        ${figure(t('gate.state'), gateBadge(gate))} ${figure(t('holding'), format.count(holding), t('of', { n: predicates.length }))}
        ${gate.open
          ? nothing
          : figure(
              t('projected'),
              format.when(gate.projected),
              gate.projected ? '' : t('projected.none'),
            )}
      </dl>
      <ul class="plain">
        ${blockers.slice(0, FEW).map(
          (one) => html`<li>
            <a href="/gate?wave=${encodeURIComponent(wave.wave)}">${named(one.name)}</a> ${english(one.value)}
          </li>`,
        )}
      </ul>`,
  )
}

/** Open is no proof, so it is not green; null if it is not known. */
export function gateBadge(gate) {
  if (gate == null) return badge('unknown', named('UNKNOWN'))
  const of = gate.open ? 'plain' : gate.state === 'SHUT' ? 'different' : 'unknown'
  return badge(of, named(gate.open ? 'OPEN' : gate.state))
}

export function incidents(waves, answer) {
  const all = answer.body?.waves
  const body = all
    ? listed(waves, all)
    : html`<p class="soft">${answer.refused ? t('incidents.unread', { why: answer.refused.message }) : t('asking')}</p>`
  return card(t('incidents'), html`${body}<p class="links"><a href="/differences">${t('incidents.all')}</a></p>`)
}

function listed(waves, all) {
  const open = all
    .map((one) => ({ ...one, different: waves.find((wave) => wave.wave === one.wave)?.verdict.different ?? 0 }))
    .filter((one) => one.failure || one.unknown.length + one.findings.length + one.different > 0)
  return open.length === 0 ? html`<p>${t('incidents.none')}</p>` : open.map((one) => ofWave(one, all.length > 1))
}

function ofWave(one, several) {
  const to = '/differences?wave=' + encodeURIComponent(one.wave)
  const n = one.findings.length
  return html`${several ? html`<h3>${t('of.wave', { wave: one.wave })}</h3>` : nothing}
    <ul class="plain">
      ${one.failure ? html`<li class="text-different"><strong>✕</strong> ${english(one.failure)}</li>` : nothing}
      ${one.unknown.slice(0, FEW).map((text) => html`<li class="text-unknown"><strong>?</strong> ${english(text)}</li>`)}
      ${one.different > 0
        ? html`<li><a href=${to} class="text-different">✕ ${t('different.tables', { n: one.different })}</a></li>`
        : nothing}
      ${n > 0
        ? html`<li><a href=${to} class="text-different">✕ ${t(one.next == null ? 'incidents.open' : 'incidents.more', { n })}</a></li>`
        : nothing}
      ${one.findings.slice(0, FEW).map(
        (found) => html`<li>
          <span class="code">${found.code}</span> ${found.table} ${english(found.what)}
          <small class="inline">${t('verdict.age', { age: format.ago(found.foundAt) })}</small>
        </li>`,
      )}
    </ul>`
}
