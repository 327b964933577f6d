// The tables of a wave: which ones need somebody's eye, and how well each is known.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { repeat } from '/assets/lib/lit-html/directives/repeat.js'
import { path } from '../shell/api.js'
import { age, meter, notice, verdictBadge, verdictWord } from '../shell/parts.js'
import { format, speak } from '../shell/words.js'
import { InView, keepFocus, tall } from '../parts/inview.js'
import { Known } from '../parts/known.js'
import { refusal, tableAddress, tablesAddress, why } from '../parts/records.js'
import words from '../words/tables.js'

const t = speak(words)

/** As many as the server gives; where there are more, it chooses among them. */
const MOST = 2_500
const EVERY_MILLIS = 4_000
const VERDICTS = ['DIFFERENT', 'UNKNOWN', 'EQUAL']

/** By which figure each column sorts, and which way first: -1 is the largest first. */
const ORDERS = {
  name: [(one) => one.table, 1],
  risk: [(one) => one.risk, -1],
  source: [(one) => one.sourceRows, -1],
  target: [(one) => one.targetRows, -1],
  coverage: [(one) => one.coverage, 1],
  oldest: [(one) => one.oldestScanAt, 1],
  unsettled: [(one) => one.unsettled, -1],
  differing: [(one) => one.differing, -1],
  changes: [(one) => one.changesPerSecond, -1],
}

/** What is not known comes last where one looks for the largest, and first where for the worst. */
const UNKNOWN_FIRST = new Set(['coverage', 'oldest'])

export function open(context) {
  const { live, query } = context
  const known = new Known()
  const inView = new InView(context, 'tables')
  let wave = null
  let contains = query.get('contains') ?? ''
  let verdict = VERDICTS.includes(query.get('verdict')) ? query.get('verdict') : ''
  let order = query.get('order') in ORDERS ? query.get('order') : 'risk'
  let way = query.get('way') === 'up' ? 1 : query.get('way') === 'down' ? -1 : ORDERS[order][1]
  const asked = { limit: MOST }
  let shown = []
  let keeping = 0

  const begin = (name) => {
    wave = name
    context.poll(path`/waves/${wave}/tables`, asked, EVERY_MILLIS, (body, refused) => {
      known.use(body, refused)
      choose()
    })
  }

  /** Which of them, and in which order. */
  const choose = () => {
    const part = contains.trim().toLowerCase()
    const [of] = ORDERS[order]
    shown = (known.body?.tables ?? []).filter(
      (one) => (!verdict || one.verdict === verdict) && (!part || one.table.toLowerCase().includes(part)),
    )
    const last = UNKNOWN_FIRST.has(order) ? -way : 1
    shown.sort((a, b) => compare(of(a), of(b), way, last) || compare(a.table, b.table, 1, 1))
    const more = known.body != null && known.body.total > MOST
    asked.contains = more ? part : null
    asked.verdict = more ? verdict : null
  }

  const changed = () => {
    choose()
    clearTimeout(keeping)
    keeping = setTimeout(() => {
      context.keep({
        wave: query.get('wave'),
        contains: contains.trim(),
        verdict,
        order: order === 'risk' && way === -1 ? '' : order,
        way: way === ORDERS[order][1] ? '' : way === 1 ? 'up' : 'down',
      })
      if (known.body != null) context.say(t('shown', { n: shown.length, of: known.body.total }))
    }, 300)
    context.redraw()
  }
  context.atEnd(() => clearTimeout(keeping))

  const sortBy = (name) => {
    way = name === order ? -way : ORDERS[name][1]
    order = name
    changed()
  }

  const header = (name, classes = '') => html`<th scope="col" class=${classes}
    aria-sort=${order !== name ? 'none' : way === 1 ? 'ascending' : 'descending'}>
    <button type="button" @click=${() => sortBy(name)}>${t('col.' + name)}<span aria-hidden="true">${
      order !== name ? '' : way === 1 ? ' ▲' : ' ▼'}</span></button></th>`

  const filters = () => html`<div class="fields filters">
    <label>${t('contains')}
      <input type="search" autocomplete="off" spellcheck="false" .value=${contains}
        @input=${(event) => { contains = event.target.value; changed() }}></label>
    <div class="chips" role="group" aria-label=${t('verdict')}>
      ${['', ...VERDICTS].map((one) => html`<button type="button" aria-pressed=${verdict === one}
        @click=${() => { verdict = one; changed() }}>
        ${one ? verdictWord(one) : t('all')} <b>${format.count(number(one))}</b></button>`)}
    </div>
    <label class="on-phone">${t('order')}
      <select @change=${(event) => { order = event.target.value; way = ORDERS[order][1]; changed() }}>
        ${Object.keys(ORDERS).map((one) => html`<option value=${one} ?selected=${order === one}>${t('col.' + one)}</option>`)}
      </select></label>
  </div>`

  /** How many have this verdict; of all, not of those that are chosen. */
  const number = (one) => {
    if (known.body == null || known.isSilent) return null
    const { tables, total } = known.body
    if (!one) return total
    if (total > MOST) return live.wave(wave)?.verdict[one.toLowerCase()]
    return tables.reduce((n, table) => n + (table.verdict === one), 0)
  }

  const list = () => {
    const loading = known.body.tables.some((one) => one.load != null && !one.load.complete)
    const { from, to, before, after } = inView.of(shown.length)
    const width = loading ? 10 : 9
    keepFocus()
    return html`<table class="tables" role="table" aria-rowcount=${shown.length + 1}>
      <caption class="unseen">${t('caption', { wave })}</caption>
      <thead role="rowgroup"><tr role="row">
        ${header('name')} ${header('risk')} ${header('source', 'number')} ${header('target', 'number')}
        ${header('coverage', 'number')} ${header('oldest', 'number')} ${header('unsettled', 'number')}
        ${header('differing', 'number')} ${header('changes', 'number')}
        ${loading ? html`<th scope="col" class="load">${t('col.load')}</th>` : nothing}
      </tr></thead>
      <tbody role="rowgroup" data-rows="tables">
        <tr class="gap" aria-hidden="true" ${tall(before)}><td colspan=${width}></td></tr>
        ${repeat(shown.slice(from, to), (one) => one.table, (one, i) => row(one, from + i + 2, loading))}
        <tr class="gap" aria-hidden="true" ${tall(after)}><td colspan=${width}></td></tr>
      </tbody>
    </table>`
  }

  const row = (one, index, loading) => html`<tr role="row" data-row aria-rowindex=${index}>
    <td role="cell" class="name"><a href=${tableAddress(wave, one.table)} data-link=${one.table}
      title=${one.table}>${one.table}</a></td>
    <td role="cell" class="verdict-cell" title=${explained(one)}>${verdictBadge(known.isSilent ? 'UNKNOWN' : one.verdict)}</td>
    ${cell('source', format.count(one.sourceRows), at(one.rowsAtSource))}
    ${cell('target', format.count(one.targetRows), at(one.rowsAtTarget))}
    ${cell('coverage', format.share(one.coverage))}
    ${cell('oldest', age(one.oldestScanAt), one.oldestScanAt ? format.moment(one.oldestScanAt) : '')}
    ${cell('unsettled', format.count(one.unsettled))}
    ${cell('differing', format.count(one.differing), '', one.differing > 0 ? 'text-different' : '')}
    ${cell('changes', format.rate(known.isSilent ? null : one.changesPerSecond))}
    ${loading ? html`<td role="cell" class="load" data-label=${t('col.load')}>${load(one)}</td>` : nothing}
  </tr>`

  const explained = (one) =>
    one.verdict === 'UNKNOWN' || known.isSilent
      ? String(why(one.reason, one.words) ?? '')
      : at(one.position)

  return {
    title: t('title'),
    view: () => {
      wave ?? first(context, begin)
      return html`
        <div class="head">
          <div><h1>${t('title')}</h1>
            <p class="soft">${known.body == null ? t('wave', { wave: wave ?? '–' }) : t('shown.wave', {
              n: shown.length, of: known.body.total, wave })}</p></div>
          ${waves(live, wave)}
        </div>
        ${refusal(known)}
        ${known.isSilent && !live.isSilent ? notice('unknown', t('silent'), '') : nothing}
        ${known.body?.trouble ? notice('unknown', t('trouble'), known.body.trouble) : nothing}
        ${known.body == null ? nothing : html`${filters()}
          ${known.body.matching > MOST ? html`<p class="soft">${t('more', { n: MOST, of: known.body.matching })}</p>` : nothing}
          ${shown.length === 0 ? html`<p class="empty">${known.body.total === 0 ? t('none') : t('none.such')}</p>` : list()}`}
      `
    },
  }
}

/** The wave of this address, or the first one as soon as it is known. */
function first(context, begin) {
  const name = context.params.wave ?? context.query.get('wave') ?? context.live.waves[0]?.wave
  if (name != null) begin(name)
}

function waves(live, wave) {
  const all = live.waves
  return all.length < 2 ? nothing : html`<nav class="chips" aria-label=${t('waves')}>
    ${all.map((one) => html`<a class="button" href=${tablesAddress(one.wave)}
      aria-current=${one.wave === wave ? 'true' : nothing}>${one.wave}</a>`)}
  </nav>`
}

function cell(name, value, title = '', classes = '') {
  return html`<td role="cell" class="number ${value === '0' ? 'soft' : classes}" data-label=${t('col.' + name)} title=${title}>${value}</td>`
}

function at(position) {
  return position == null ? '' : t('at', { position })
}

function load({ load, table }) {
  if (load == null) return '–'
  if (load.complete) return t('loaded')
  return html`${meter(t('loading', { table }), load.rows, load.estimatedRows)}
    <small>${t('load.of', { rows: load.rows, of: load.estimatedRows || null })}</small>`
}

/** `last` is 1 if what is not known comes last. */
function compare(one, other, way, last) {
  if (one == null || other == null) return one == other ? 0 : one == null ? last : -last
  return one < other ? -way : one > other ? way : 0
}
