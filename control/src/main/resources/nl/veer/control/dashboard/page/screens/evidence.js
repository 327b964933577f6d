// What is kept of the migration: its certificate as it is now, and who did what to it.

import { html, nothing } from '/assets/lib/lit-html/lit-html.js'
import { repeat } from '/assets/lib/lit-html/directives/repeat.js'
import { card, command, figure, tone, verdictBadge } from '../shell/parts.js'
import { format, now, speak } from '../shell/words.js'
import { Audit } from '../parts/audit.js'
import { Known } from '../parts/known.js'
import { refusal, said } from '../parts/records.js'
import words from '../words/evidence.js'

const t = speak(words)

/** The server makes one a minute at most. */
const REPORT_MILLIS = 30_000

/** A certificate that was made longer ago, and of which there is no newer one, says nothing of now. */
const OLD_MILLIS = 120_000

export function open(context) {
  const report = new Known()
  const audit = new Audit(context)
  let part = context.query.get('contains') ?? ''
  let wave = context.query.get('wave') ?? ''
  let keeping = 0
  context.poll('/report', {}, REPORT_MILLIS, report.use)
  context.atEnd(() => clearTimeout(keeping))

  const changed = () => {
    clearTimeout(keeping)
    keeping = setTimeout(() => context.keep({ contains: part.trim(), wave }), 300)
    context.redraw()
  }

  const filters = (waves) => html`<div class="fields filters">
    <label>${t('contains')}
      <input type="search" autocomplete="off" spellcheck="false" .value=${part}
        @input=${(event) => { part = event.target.value; changed() }}></label>
    ${waves.length < 2 ? nothing : html`<label>${t('wave')}
      <select @change=${(event) => { wave = event.target.value; changed() }}>
        <option value="" ?selected=${!wave}>${t('all')}</option>
        ${waves.map((one) => html`<option ?selected=${wave === one}>${one}</option>`)}
      </select></label>`}
  </div>`

  const log = () => {
    const wanted = part.trim().toLowerCase()
    const { entries } = audit
    const shown = entries.filter((one) => (!wave || one.wave === wave || one.wave === '')
      && (!wanted || [one.what, one.result, one.role, one.process, one.address ?? '', one.wave, String(one.number)]
        .some((text) => text.toLowerCase().includes(wanted))))
    return html`
      ${refusal(audit.known)}
      ${audit.known.body == null ? nothing : html`
        ${filters([...new Set(entries.map((one) => one.wave).filter(Boolean))].sort())}
        <p class="soft">${t('shown', { n: shown.length, of: entries.length })}
          ${audit.hasMore ? t('older') : audit.isFull ? t('full') : t('all.of.them')}</p>
        ${entryRows(shown)}
        ${audit.hasMore ? html`<p class="more"><button type="button" @click=${audit.more}>${t('more')}</button></p>` : nothing}`}`
  }

  return {
    title: t('title'),
    view: () => html`
      <h1>${t('title')}</h1>
      <div class="grid">
        ${card(t('certificate'), html`${refusal(report)}${report.body == null
          ? report.refused ? nothing : html`<p class="soft">${t('making')}</p>` : certificate(report)}`, 'half')}
        ${card(t('check'), check(report.body), 'half')}
        ${card(t('audit'), log())}
      </div>`,
  }
}

function certificate(known) {
  const { body } = known
  const age = Math.max(known.ageMillis, now() - Date.parse(body.madeAt))
  const isOld = known.refused != null && age > OLD_MILLIS
  const verdict = isOld ? 'UNKNOWN' : body.verdict
  return html`
    <p class="said text-${tone(verdict)}">${verdictBadge(verdict)}</p>
    ${isOld ? nothing : html`<p>${said(body.words)}</p>`}
    <dl class="figures small-figures">
      ${figure(t('made'), html`<time datetime=${body.madeAt}>${t('ago', { age: format.ago(body.madeAt) })}</time>`, format.moment(body.madeAt))}
      ${figure(t('entries'), format.count(body.auditEntries), t('entries.held'))}
    </dl>
    <dl class="facts">
      <div class="whole"><dt>${t('key')}</dt><dd class="code">${body.key}</dd></div>
      <div class="whole"><dt>${t('head')}</dt><dd class="code">${body.auditHead ?? '–'}</dd></div>
    </dl>
    <p class="downloads">${body.files.map((file) => html`<a class="button" href=${file.path} download=${
      `veer-report-${body.migration}.${file.format}`}>${t('download.' + file.format)}</a>`)}</p>`
}

/** What to enter where the report is checked; neither needs the dashboard's word. */
function check(report) {
  const file = `veer-report-${report?.migration ?? document.documentElement.dataset.migration}.html`
  return html`
    <p>${t('check.report')}</p>
    ${command(`veer report --check ${file} --key report-key.pub.pem`)}
    <p class="small">${t('check.key')}</p>
    <p>${t('check.audit')}</p>
    ${command('veer audit --check' + (report?.auditHead ? ' --head ' + report.auditHead : ''))}
    <p class="small">${t('check.head')}</p>`
}

function entryRows(entries) {
  if (entries.length === 0) return html`<p class="empty">${t('none')}</p>`
  return html`<div class="wide" tabindex="0" role="region" aria-label=${t('audit')}><table class="as-cards audit">
    <thead><tr>
      <th scope="col" class="number">${t('number')}</th>
      <th scope="col">${t('when')}</th>
      <th scope="col">${t('what')}</th>
      <th scope="col">${t('result')}</th>
      <th scope="col">${t('wave')}</th>
      <th scope="col">${t('who')}</th>
      <th scope="col">${t('digest')}</th>
    </tr></thead>
    <tbody>${repeat(entries, (one) => one.number + one.at, (one) => html`<tr>
      <td data-label=${t('number')} class="number">${one.number > 0 ? String(one.number) : '–'}</td>
      <td data-label=${t('when')} class="when"><time datetime=${one.at}>${format.moment(one.at)}</time></td>
      <td data-label=${t('what')}><strong>${said(one.what)}</strong></td>
      <td data-label=${t('result')}>${said(one.result)}</td>
      <td data-label=${t('wave')}>${one.wave || t('all.waves')}</td>
      <td data-label=${t('who')}>${one.role} <small>${one.process}${one.address ? html` · ${one.address}` : nothing}</small></td>
      <td data-label=${t('digest')}>${one.hash == null ? '–'
        : html`<span class="code key" title=${one.hash}><span aria-hidden="true">${one.hash.slice(0, 12)}…</span><span class="unseen">${one.hash}</span></span>`}</td>
    </tr>`)}</tbody>
  </table></div>`
}
