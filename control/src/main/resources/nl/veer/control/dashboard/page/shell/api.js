// Asks the server. Every answer is JSON; what is refused is thrown with its code and words, and
// that there is no answer as another error.

import { speak } from './words.js'
import words from '../words/shell.js'

const t = speak(words)

export class Refused extends Error {
  constructor(status, code, message) {
    super(message)
    this.status = status
    this.code = code
  }
}

const BASE = '/api/v1'

/** Names in a path may hold anything. */
export function path(parts, ...values) {
  return parts.reduce((all, part, i) => all + encodeURIComponent(values[i - 1]) + part)
}

/** Asks for what is there: get(path`/waves/${wave}/tables`, {limit: 100}). */
export function get(of, query = {}, signal = undefined) {
  const given = Object.entries(query).filter(([, value]) => value != null && value !== '')
  const search = new URLSearchParams(given).toString()
  return ask(BASE + of + (search ? '?' + search : ''), { signal })
}

/** So long an answer is waited for. */
const PATIENCE_MILLIS = 30_000

/** Commands something; only a page of this server holds the token that goes with it. */
export async function post(of, body) {
  try {
    return await send(of, body)
  } catch (refused) {
    if (refused.code !== 'CSRF') throw refused
    // The server was started anew, and its token with it. It has refused before it did anything.
    asked = null
    return send(of, body)
  }
}

async function send(of, body) {
  const { csrf } = await session()
  const headers = { 'Content-Type': 'application/json' }
  if (csrf) headers['X-Veer-Csrf'] = csrf
  return ask(BASE + of, { method: 'POST', headers, body: JSON.stringify(body) })
}

let asked = null

/** Who looks: {name, role, csrf, login, approval}. */
export function session() {
  asked ??= get('/session').catch((refused) => {
    asked = null
    throw refused
  })
  return asked
}

/** Whether somebody of this role may do what that role may. */
export function may(role, needed) {
  const order = ['VIEWER', 'OPERATOR', 'APPROVER']
  return order.indexOf(role) >= order.indexOf(needed)
}

async function ask(url, options) {
  const limit = AbortSignal.timeout(PATIENCE_MILLIS)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  const response = await fetch(url, { credentials: 'same-origin', redirect: 'error', ...options, signal }).catch(
    (cause) => {
      throw new Error(t('unreachable'), { cause })
    },
  )
  if (response.ok) {
    return response.json()
  }
  if (response.status === 401) {
    location.assign('/login')
  }
  let body = {}
  try {
    body = await response.json()
  } catch {
    // Not one of ours; the status says enough.
  }
  throw new Refused(response.status, body.code ?? 'HTTP_' + response.status, body.message ?? '')
}
