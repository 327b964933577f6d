// What is kept of the migration: the audit log, and the reports.

import { html } from '/assets/lib/lit-html/lit-html.js'
import { speak } from '../shell/words.js'
import words from '../words/evidence.js'

const t = speak(words)

export function open() {
  return { title: t('title'), view: () => html`<h1>${t('title')}</h1>` }
}
