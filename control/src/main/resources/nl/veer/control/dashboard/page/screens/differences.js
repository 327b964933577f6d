// What differs, by cause: the same table, columns and kind. A cause that is opened shows its rows.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { repeat } from '/assets/lib/lit-html/directives/repeat.js'
import { get } from '../shell/api.js'
import { badge, command, notice, verdictBadge } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import { CauseRows } from '../parts/cause.js'
import { Known } from '../parts/known.js'
import { columns, culprit, kindWord, refusal, said, t as record, tableAddress, why } from '../parts/records.js'
import words from '../words/differences.js'

const t = speak(words)

/** The states that each difference is in one of, with the tone of each. */
const STATES = [
  ['newCount', 'different'],
  ['confirmed', 'different'],
  ['explained', 'different'],
  ['repaired', 'flight'],
  ['verifiedAgain', 'plain'],
]

export function open(context) {
  const { live, query } = context
  const known = new Known()
  const asked = { wave: query.get('wave'), closed: query.get('closed') === 'true' || null }
  const chosen = { table: query.get('table'), kind: query.get('kind'), column: query.get('column') }
  const rows = new Map()
  let isFirst = true
  context.poll('/causes', asked, 4_000, known.use)
  context.atEnd(() => rows.forEach((one) => one.end()))

  const fits = (cause) => Object.entries(chosen).every(([name, value]) => value == null || cause[name] === value)

  const toggle = (cause, isOpen) => {
    const id = identity(cause)
    if (isOpen === rows.has(id)) return
    if (isOpen) rows.set(id, new CauseRows(context, cause, asked.closed))
    else {
      rows.get(id).end()
      rows.delete(id)
    }
    context.redraw()
  }

  const keep = () => context.keep({ ...asked, ...chosen })

  const filters = () => html`<div class="fields filters">
    ${live.waves.length < 2 && !asked.wave ? nothing : html`<label>${t('wave')}
      <select @change=${(event) => ask('wave', event.target.value || null)}>
        <option value="" ?selected=${!asked.wave}>${t('all')}</option>
        ${live.waves.map((one) => html`<option ?selected=${asked.wave === one.wave}>${one.wave}</option>`)}
      </select></label>`}
    ${Object.entries(chosen).map(([name, value]) => value == null ? nothing : html`<button type="button"
      @click=${() => { chosen[name] = null; keep(); context.redraw() }}
      aria-label=${t('without', { what: label(name, value) })}>${label(name, value)} <span aria-hidden="true">✕</span></button>`)}
    <label class="check"><input type="checkbox" .checked=${asked.closed === true}
      @change=${(event) => ask('closed', event.target.checked || null)}> ${t('closed')}</label>
  </div>`

  /** Another question, which is asked at once. */
  const ask = async (name, value) => {
    asked[name] = value
    rows.forEach((one) => one.end())
    rows.clear()
    keep()
    try {
      known.use(await get('/causes', asked), null)
    } catch (refused) {
      known.use(null, refused)
    }
    context.redraw()
  }

  const view = () => {
    const causes = known.body?.causes.filter(fits)
    // Who was led to one cause does not have to open it.
    if (isFirst && causes != null) {
      isFirst = false
      if (causes.length === 1 && Object.values(chosen).some((one) => one != null)) toggle(causes[0], true)
    }
    return html`
      <div class="head"><div><h1>${t('title')}</h1>
        <p class="soft">${causes == null ? t('asking') : total(causes)}</p></div></div>
      ${inTheWay(live.waves.filter((one) => !asked.wave || one.wave === asked.wave))}
      ${filters()}
      ${refusal(known)}
      ${known.isSilent ? notice('unknown', t('old', { age: format.millis(known.ageMillis) }), '') : nothing}
      ${known.body?.more ? html`<p class="soft">${t('more')}</p>` : nothing}
      ${causes?.length === 0 ? nobody(live, chosen) : nothing}
      <div class="causes">${repeat(causes ?? [], identity, (cause) => one(cause, rows.get(identity(cause)), toggle, live.waves.length > 1))}</div>
    `
  }
  return { title: t('title'), view }
}

function identity(cause) {
  return JSON.stringify([cause.wave, cause.foundBy, cause.kind, cause.table, cause.column])
}

function label(name, value) {
  return `${record(name)}: ${name === 'kind' ? kindWord(value) : value}`
}

function total(causes) {
  const open = causes.reduce((n, cause) => n + cause.open, 0)
  const all = causes.reduce((n, cause) => n + cause.total, 0)
  return t('total', { open, of: all, n: causes.length })
}

/** That nothing is on record is not green: the verdict says what is proven. */
function nobody(live, chosen) {
  const some = Object.values(chosen).some((value) => value != null)
  return html`<p class="empty">${some ? t('none.such') : t('none')}
    ${some ? nothing : verdictBadge(live.verdict)}</p>`
}

/** What stands in each wave's way, beside rows that differ. */
function inTheWay(waves) {
  const told = waves.flatMap((wave) => [
    ...(wave.failure ? [[wave.wave, said(wave.failure)]] : []),
    ...wave.unknown.map((text) => [wave.wave, said(text)]),
    ...(wave.verdict.verdict === 'UNKNOWN' && (wave.verdict.reason || wave.verdict.words)
      ? [[wave.wave, why(wave.verdict.reason, wave.verdict.words)]] : []),
  ])
  return told.length === 0 ? nothing : html`<section class="card way"><h2>${t('way')}</h2>
    <ul>${told.map(([wave, text]) => html`<li><strong>${t('in.wave', { wave })}</strong> ${text}</li>`)}</ul></section>`
}

function one(cause, rows, toggle, several) {
  const isOpen = rows != null
  return html`<article class="card cause ${cause.open > 0 ? 'standing' : ''}">
    <h2><button type="button" class="opener" aria-expanded=${isOpen ? 'true' : 'false'} @click=${() => toggle(cause, !isOpen)}>
      <span class="marker" aria-hidden="true">${isOpen ? '▾' : '▸'}</span>
      <span class="what"><span>${columns(cause.column == null ? [] : [cause.column])}</span>
        <span class="kind">${kindWord(cause.kind)}</span></span>
      <span class="count">${t('open', { open: cause.open, n: cause.total })}</span>
    </button></h2>
    <div class="cause-body">
      <p>${cause.table ? html`<a href=${tableAddress(cause.wave, cause.table)}>${cause.table}</a>` : t('no.table')}
        ${several ? html`<span class="soft">${t('in.wave', { wave: cause.wave })}</span>` : nothing}
        <span class="soft">· ${t(cause.foundBy === 'LEDGER' ? 'by.ledger' : 'by.scan')} ·
          ${t('times', { first: format.ago(cause.firstAt), last: format.ago(cause.lastAt) })}</span></p>
      <p class="states">${STATES.map(([name, tone]) => cause[name] > 0
        ? badge(tone, t('state.' + name, { n: cause[name] }))
        : html`<span class="badge zero">${t('state.' + name, { n: 0 })}</span>`)}</p>
      ${cause.open === 0 && cause.culprit == null ? nothing
        : html`<p>${record('culprit')}: ${culprit(cause.culprit, cause.blame)}</p>`}
      ${cause.command ? html`<div class="next"><span class="soft">${t('next')}</span> ${command(cause.command)}</div>` : nothing}
      ${rows?.view() ?? nothing}
    </div>
  </article>`
}
