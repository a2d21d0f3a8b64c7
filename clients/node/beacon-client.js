// A client for Beacon in one file: Node 18 or later, no dependencies.
//
//   import { BeaconClient } from './beacon-client.js'
//
//   const beacon = new BeaconClient()                       // BEACON_URL, or whoever answers to _beacon._tcp on this network
//   const registration = await beacon.register({ name: 'kitchen sensor', port: 8080, type: 'http', ttl: 60 })
//   …
//   await registration.close()

import { createSocket } from 'node:dgram'
import { EventEmitter } from 'node:events'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

const API_PATH = '/api/v1'
const DEFAULT_TTL = 300
const PAGE = 100
const EVENT_PAGE = 500
const REQUEST_TIMEOUT = 5_000
const GOODBYE_TIMEOUT = 2_000
const MAX_ANSWER = 16 * 1024 * 1024
const FIRST_RETRY = 1_000
const LAST_RETRY = 60_000
const LONGEST_RETRY_AFTER = 300_000
/** Entries that `watch` keeps for somebody who does not ask for them; beyond it he is told to read the list again. */
const MAX_WAITING = 1_000

/** Beacon refused: `message` is Beacon's own sentence, `status` the HTTP status. With status 0 nobody answered. */
export class BeaconError extends Error {
  constructor(detail, { status = 0, retryAfter = 0, cause } = {}) {
    super(detail, { cause })
    this.name = 'BeaconError'
    this.status = status
    this.retryAfter = retryAfter
  }

  /** Will the same request be taken later? */
  get passes() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

export class BeaconClient {
  #root
  #isGiven
  #options

  constructor(options = {}) {
    this.#options = typeof options === 'string' ? { url: options } : options
    const given = this.#options.url || process.env.BEACON_URL
    this.#isGiven = Boolean(given)
    this.#root = given ? apiRoot(given) : undefined
  }

  /** Where the API begins. Looks for Beacon when its address is not known, again each time that nobody answered there. */
  async root() {
    this.#root ??= await findBeacon()
    if (!this.#root) throw new BeaconError('no Beacon answered on this network; set BEACON_URL')
    return this.#root
  }

  /** Registers and stays registered until `close`. Rejects when Beacon refuses what it was told; when Beacon cannot be reached it resolves all
   *  the same and goes on trying: `serviceId` is undefined until then. With `closeOnSignals` SIGTERM and SIGINT take it away before they end the
   *  program. */
  register(service, options = {}) {
    return new Registration(this, service, options).start()
  }

  heartbeat(serviceId, ttl) {
    return this.request('PUT', `${path(serviceId)}/heartbeat${ttl === undefined ? '' : `?ttl=${Number(ttl)}`}`)
  }

  update(serviceId, members) {
    return this.request('PUT', path(serviceId), { body: members })
  }

  /** Takes the service away. One that is gone already is no error. */
  async deregister(serviceId, options) {
    try {
      await this.request('DELETE', path(serviceId), options)
    } catch (error) {
      if (error.status !== 404) throw error
    }
  }

  service(serviceId) {
    return this.request('GET', path(serviceId))
  }

  /** Every service that matches, over as many pages as it takes. */
  async discover(filters = {}) {
    const found = []
    for (;;) {
      const page = await this.request('GET', `/services/discover?${query({ ...filters, limit: PAGE, skip: found.length })}`)
      found.push(...page.services)
      if (page.services.length === 0 || found.length >= page.total) return found
    }
  }

  /** One page of the event log, newest first. */
  events(conditions = {}) {
    return this.request('GET', `/events?${query(conditions)}`)
  }

  /** What happens from now on, for ever: over a WebSocket where the platform has one, otherwise out of the event log. An interruption is
   *  bridged; `{ type: 'resync' }` says that something may be missing and the list has to be read again. */
  watch({ signal, interval = 2_000 } = {}) {
    const Socket = 'WebSocket' in this.#options ? this.#options.WebSocket : globalThis.WebSocket
    return Socket ? watchSocket(this, Socket, signal) : watchLog(this, interval, signal)
  }

  /** This machine's address as Beacon sees it. When Beacon is on this machine: one that leads out of it, or `0.0.0.0`, which Beacon
   *  announces as the machine itself. */
  async ownAddress() {
    const root = new URL(await this.root())
    const host = root.hostname.replace(/^\[|\]$/g, '')
    const towards = await addressTowards(host, Number(root.port) || 80)
    if (towards && !isLoopback(towards)) return towards
    const outside = Object.values(networkInterfaces()).flat().filter(one => !one.internal && !one.address.startsWith('fe80:'))
    return (outside.find(one => one.family === 'IPv4') ?? outside[0])?.address ?? '0.0.0.0'
  }

  /** One request to the API, `path` below its root. Rejects with `BeaconError`. */
  async request(method, path, { body, timeout = this.#options.timeout ?? REQUEST_TIMEOUT } = {}) {
    const root = await this.root()
    const content = body && JSON.stringify(body)
    let answer, text
    try {
      answer = await (this.#options.fetch ?? fetch)(root + path, {
        method,
        headers: { accept: 'application/json', ...(content && { 'content-type': 'application/json' }) },
        body: content,
        signal: AbortSignal.timeout(timeout),
      })
      text = await readBounded(answer)
      if (answer.ok) return parse(text)
    } catch (cause) {
      if (!this.#isGiven) this.#root = undefined
      const reason = cause.cause?.message || cause.cause?.code || cause.message
      throw new BeaconError(`Beacon cannot be reached: ${reason}`, { cause })
    }
    throw new BeaconError(sentence(text, answer.status), { status: answer.status, retryAfter: retryAfter(answer) })
  }
}

/** A service that stays registered: renewed about three times per lease, registered again when Beacon has forgotten it. Emits
 *  `registered` with the service id, and `problem` with a `BeaconError` each time something else goes wrong than before. */
export class Registration extends EventEmitter {
  #client
  #service
  #registeredHost
  #ttl
  #random
  #closesOnSignals
  #timer
  #failures = 0
  #isClosed = false
  #step = Promise.resolve()

  constructor(client, service, { random = Math.random, closeOnSignals = false } = {}) {
    super()
    this.#client = client
    this.#service = service
    this.#ttl = Number(service.ttl) || DEFAULT_TTL
    this.#random = random
    this.#closesOnSignals = closeOnSignals
    this.serviceId = undefined
    this.lastError = undefined
  }

  async start() {
    // Before anything is sent: a signal that comes while Beacon answers finds it, too.
    if (this.#closesOnSignals) closeOnSignals(this)
    const delay = await this.step()
    if (this.lastError && !this.lastError.passes) {
      closedOnSignals.delete(this)
      throw this.lastError
    }
    this.#schedule(delay)
    return this
  }

  /** Does what is due now and resolves to the milliseconds until the next step. Never rejects: see `lastError`. */
  step() {
    this.#step = this.#step.then(() => this.#take())
    return this.#step
  }

  /** Stops renewing and takes the service away; some seconds when Beacon hangs. A Beacon that is away forgets it when the lease ends. */
  async close() {
    const ending = new AbortController()
    this.#isClosed = true
    closedOnSignals.delete(this)
    clearTimeout(this.#timer)
    await Promise.race([this.#step, pause(REQUEST_TIMEOUT, ending.signal)])
    ending.abort()
    const id = this.serviceId
    this.serviceId = undefined
    if (id === undefined) return
    try {
      await this.#client.deregister(id, { timeout: GOODBYE_TIMEOUT })
    } catch (error) {
      this.emit('problem', error)
    }
  }

  async [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() {
    await this.close()
  }

  #schedule(delay) {
    if (!this.#isClosed) this.#timer = setTimeout(async () => this.#schedule(await this.step()), delay)
  }

  async #take() {
    if (this.#isClosed) return LAST_RETRY
    try {
      await (this.serviceId === undefined ? this.#register() : this.#renew())
    } catch (error) {
      if (!(error instanceof BeaconError)) throw error
      return this.#waitAfter(error)
    }
    this.#failures = 0
    this.lastError = undefined
    return (this.#ttl * 1000 / 3) * (0.8 + 0.4 * this.#random())
  }

  async #register() {
    const host = this.#service.host || await this.#client.ownAddress()
    const service = await this.#client.request('POST', '/services/register', { body: { ...this.#service, host } })
    if (typeof service.service_id !== 'string') throw new BeaconError('what answers there is not Beacon')
    this.serviceId = service.service_id
    this.#registeredHost = host
    this.#ttl = service.ttl || this.#ttl
    this.emit('registered', this.serviceId)
  }

  async #renew() {
    try {
      const host = this.#service.host || await this.#client.ownAddress()
      if (host !== this.#registeredHost) {
        await this.#client.update(this.serviceId, { host })
        this.#registeredHost = host
      }
      await this.#client.heartbeat(this.serviceId)
    } catch (error) {
      // 404: another or an emptied Beacon. 409: the new address is registered already; that one is ours too.
      if (error.status !== 404 && error.status !== 409) throw error
      this.serviceId = undefined
      await this.#register()
    }
  }

  #waitAfter(error) {
    this.#failures++
    const isNew = this.lastError?.message !== error.message
    this.lastError = error
    if (isNew) this.emit('problem', error)
    return error.passes ? retryDelay(this.#failures, error.retryAfter, this.#random) : LAST_RETRY
  }
}

const closedOnSignals = new Set()
let hearsSignals = false

function closeOnSignals(registration) {
  if (!hearsSignals) ['SIGTERM', 'SIGINT'].forEach(signal => process.once(signal, closeAll))
  hearsSignals = true
  closedOnSignals.add(registration)
}

/** Ends the program as the signal would have, after the services are taken away. */
async function closeAll(signal) {
  await Promise.allSettled([...closedOnSignals].map(one => one.close()))
  process.kill(process.pid, signal)
}

/** Milliseconds to wait after so many failures in a row: doubled each time up to a minute, and spread, so that a Beacon that comes back is
 *  not met by everybody at once. Never sooner than Beacon itself said. */
export function retryDelay(failures, retryAfter = 0, random = Math.random) {
  const longest = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.min(failures - 1, 16))
  return Math.max(longest * (0.5 + 0.5 * random()), Math.min(retryAfter, LONGEST_RETRY_AFTER))
}

// -- what happens ------------------------------------------------------------------------------------------------------------------------

const RESYNC = { type: 'resync' }
const TOLD = new Set([
  'service_registered', 'service_updated', 'service_deregistered', 'service_expired', 'service_returned', 'health_status_changed', 'services_cleanup',
])

async function* watchSocket(client, Socket, signal) {
  const ending = new AbortController()
  const end = () => ending.abort()
  if (signal?.aborted) end()
  signal?.addEventListener('abort', end)
  const box = mailbox()
  const following = follow(client, Socket, ending.signal, box.put).then(box.close, box.close)
  try {
    yield* box.all()
  } finally {
    signal?.removeEventListener('abort', end)
    end()
    await following
  }
}

/** Connects, again and again, until the signal. What was missed comes first: `since` asks for it, and Beacon says when it has it no more. */
async function follow(client, Socket, signal, put) {
  let seq
  for (let failures = 0; !signal.aborted;) {
    try {
      await client.request('GET', '/live')   // The socket's own error says nothing; and this finds a Beacon that has moved.
      if (signal.aborted) return
      const since = seq === undefined ? '' : `?since=${seq}`
      await converse(new Socket((await client.root()).replace(/^http/, 'ws') + '/ws' + since), signal, message => {
        failures = 0
        const begins = message.type === 'connection_established'
        if (message.type === 'resync' || (begins && seq === undefined)) put(RESYNC)
        else if (begins || message.seq === undefined || message.seq < seq) return
        else if (TOLD.has(message.type)) put({ type: message.type, ...about(message.data), data: message.data })
        seq = message.seq ?? seq
      })
    } catch (error) {
      if (!(error instanceof BeaconError) || !error.passes) throw error
    }
    await pause(retryDelay(++failures), signal)
  }
}

/** Resolves when the connection is over, for whatever reason. */
function converse(socket, signal, take) {
  return new Promise(resolve => {
    const end = () => socket.close()
    signal.addEventListener('abort', end)
    socket.onmessage = ({ data }) => {
      try {
        take(parse(data))
      } catch {
        socket.close()
      }
    }
    socket.onerror = () => {}
    socket.onclose = () => {
      signal.removeEventListener('abort', end)
      resolve()
    }
  })
}

async function* watchLog(client, interval, signal) {
  let last
  for (let failures = 0; !signal?.aborted;) {
    let changes = []
    try {
      const top = (await client.events({ limit: 1 })).events[0] ?? { id: 0 }
      if (last === undefined || !await isInLog(client, last, top)) changes = [RESYNC]
      else if (top.id > last.id) changes = await entriesBetween(client, last.id, top.id)
      last = top
      failures = 0
    } catch (error) {
      if (!(error instanceof BeaconError) || !error.passes) throw error
      failures++
    }
    yield* changes
    await pause(failures ? retryDelay(failures) : interval, signal)
  }
}

/** A log that was begun anew gives the same ids to other entries. */
async function isInLog(client, entry, newest) {
  if (entry.id === 0 || entry.id > newest.id) return entry.id === 0
  const [same] = entry.id === newest.id ? [newest] : (await client.events({ limit: 1, before: entry.id + 1 })).events
  return same?.id === entry.id && same.timestamp === entry.timestamp
}

async function entriesBetween(client, last, top) {
  const found = []
  for (let before; ;) {
    const page = await client.events({ limit: EVENT_PAGE, before })
    found.push(...page.events.filter(entry => entry.id > last && entry.id <= top && TOLD.has(entry.kind)))
    before = page.next ?? 0
    if (before <= last) break
  }
  return found.reverse().map(entry => ({ type: entry.kind, ...about(entry), data: entry }))
}

function about(data) {
  return { serviceId: data?.service_id ?? undefined, name: data?.name ?? data?.service_name ?? undefined }
}

/** What has come and nobody has asked for yet. When it is full its content is dropped for a word that it was. */
function mailbox() {
  const waiting = []
  let isClosed = false
  let problem
  let wake = () => {}
  return {
    put(change) {
      if (waiting.length >= MAX_WAITING) waiting.splice(0, waiting.length, RESYNC)
      waiting.push(change)
      wake()
    },
    close(error) {
      isClosed = true
      problem = error
      wake()
    },
    async *all() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift()
        if (problem) throw problem
        if (isClosed) return
        await new Promise(resolve => { wake = resolve })
      }
    },
  }
}

// -- Beacon by mDNS: one question from a port of our own, answered to that port (RFC 6762 §6.7) -----------------------------------------

const MDNS_PORT = 5353
const MDNS_GROUPS = { udp4: '224.0.0.251', udp6: 'ff02::fb' }
const BEACON_NAME = '_beacon._tcp.local'
const FIND_TIMEOUT = 3_000
const ASK_AGAIN = 1_000
const MAX_INTERFACES = 32
const MAX_RECORDS = 128
const MAX_NAME = 255
const MAX_LABEL = 63
const HEADER = 12
const A = 1, PTR = 12, TXT = 16, AAAA = 28, SRV = 33

/** The API of the first Beacon that answers on any interface, or undefined after `timeout` milliseconds. Whoever is on the network may answer:
 *  where that matters set BEACON_URL. */
export async function findBeacon({ timeout = FIND_TIMEOUT } = {}) {
  const number = 1 + Math.floor(Math.random() * 0xfffe)
  const question = writeQuestion(number)
  const sockets = new Map()
  let again, late
  try {
    return await new Promise(resolve => {
      const listen = (datagram, source) => {
        const found = source.port === MDNS_PORT ? readAnswer(datagram, number, source.address) : undefined
        if (found) resolve(found)
      }
      // An interface may come up while we ask, as at a start of the machine.
      const ask = () => {
        for (const place of places()) {
          const key = `${place.type} ${place.through}`
          if (sockets.has(key)) sockets.get(key).send(question)
          else sockets.set(key, openSocket(place, listen, question))
        }
      }
      ask()
      again = setInterval(ask, ASK_AGAIN)
      late = setTimeout(resolve, timeout)
    })
  } finally {
    clearInterval(again)
    clearTimeout(late)
    sockets.forEach(one => one.close())
  }
}

function places() {
  const found = []
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    const four = addresses.find(one => one.family === 'IPv4')
    if (four) found.push({ type: 'udp4', through: four.address })
    if (addresses.some(one => one.family === 'IPv6')) found.push({ type: 'udp6', through: `::%${process.platform === 'win32' ? addresses[0].scopeid : name}` })
  }
  return found.slice(0, MAX_INTERFACES)
}

/** An interface that cannot multicast, or is down, is passed over: another one will do. */
function openSocket({ type, through }, listen, question) {
  const socket = createSocket(type)
  let isOpen = true
  const close = () => {
    if (isOpen) socket.close()
    isOpen = false
  }
  const send = datagram => {
    if (isOpen) socket.send(datagram, MDNS_PORT, MDNS_GROUPS[type], () => {})
  }
  socket.on('error', close)
  socket.on('message', listen)
  socket.bind(0, () => {
    try {
      socket.setMulticastInterface(through)
      socket.setMulticastTTL(255)
      send(question)
    } catch {
      close()
    }
  })
  return { send, close }
}

function writeQuestion(number) {
  const name = BEACON_NAME.split('.').flatMap(label => [label.length, ...Buffer.from(label)])
  return Buffer.from([number >> 8, number & 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...name, 0, 0, PTR, 0, 1])
}

/** The API's root out of an answer to question `number`, or undefined: what is broken or meant for others is no answer. */
export function readAnswer(datagram, number, source) {
  let records
  try {
    records = readRecords(datagram, number)
  } catch {
    return undefined
  }
  for (const { value: instance } of records.filter(one => one.type === PTR && one.name === BEACON_NAME)) {
    for (const { value: [port, target] } of records.filter(one => one.type === SRV && one.name === instance)) {
      const address = choose(source, records.filter(one => (one.type === A || one.type === AAAA) && one.name === target).map(one => one.value))
      const texts = records.filter(one => one.type === TXT && one.name === instance).flatMap(one => one.value)
      if (port > 0 && address) return `http://${address.includes(':') ? `[${address}]` : address}:${port}${apiPath(texts)}`
    }
  }
  return undefined
}

function readRecords(datagram, number) {
  if (datagram.readUInt16BE(0) !== number || (datagram.readUInt16BE(2) & 0xf80f) !== 0x8000) throw new RangeError('not an answer to this question')
  let at = HEADER
  for (let left = Math.min(datagram.readUInt16BE(4), MAX_RECORDS); left > 0; left--) at = readName(datagram, at).end + 4
  const found = []
  const count = datagram.readUInt16BE(6) + datagram.readUInt16BE(8) + datagram.readUInt16BE(10)
  for (let left = Math.min(count, MAX_RECORDS); left > 0; left--) {
    const { name, end } = readName(datagram, at)
    const type = datagram.readUInt16BE(end)
    const isInternet = (datagram.readUInt16BE(end + 2) & 0x7fff) === 1
    const length = datagram.readUInt16BE(end + 8)
    const start = end + 10
    at = start + length
    if (at > datagram.length) throw new RangeError('cut off')
    const data = datagram.subarray(start, at)
    if (!isInternet) continue
    if (type === PTR) found.push({ name, type, value: readName(datagram, start).name })
    else if (type === SRV) found.push({ name, type, value: [data.readUInt16BE(4), readName(datagram, start + 6).name] })
    else if (type === TXT) found.push({ name, type, value: readTexts(data) })
    else if (type === A && length === 4) found.push({ name, type, value: data.join('.') })
    else if (type === AAAA && length === 16) found.push({ name, type, value: writeAddress6(data) })
  }
  return found
}

/** The name at `at` in lower case, and where it ends. A pointer leads backwards only, so every name ends. */
function readName(datagram, at) {
  const labels = []
  let end, size = 0, lowest = at
  for (;;) {
    const length = datagram.readUInt8(at)
    if ((length & 0xc0) === 0xc0) {
      const target = datagram.readUInt16BE(at) & 0x3fff
      if (target >= lowest) throw new RangeError('a pointer that does not lead backwards')
      end ??= at + 2
      at = lowest = target
    } else if (length > MAX_LABEL) {
      throw new RangeError('no label')
    } else if (length === 0) {
      return { name: labels.join('.'), end: end ?? at + 1 }
    } else {
      size += length + 1
      if (size > MAX_NAME || at + 1 + length > datagram.length) throw new RangeError('a name too long')
      // A dot inside a label must not look like one between labels.
      labels.push(datagram.toString('utf8', at + 1, at + 1 + length).toLowerCase().replaceAll('.', '\\.'))
      at += 1 + length
    }
  }
}

function readTexts(data) {
  const texts = []
  for (let at = 0; at < data.length; at += 1 + data[at]) texts.push(data.toString('utf8', at + 1, at + 1 + data[at]))
  return texts
}

function writeAddress6(data) {
  const groups = Array.from({ length: 8 }, (_, at) => data.readUInt16BE(at * 2).toString(16)).join(':')
  return new URL(`http://[${groups}]`).hostname.slice(1, -1)
}

function apiPath(texts) {
  const path = texts.map(text => /^api=(\/[!-~]*)$/i.exec(text)?.[1]).find(Boolean)
  return path && !/[?#\\]/.test(path) ? path.replace(/\/+$/, '') : API_PATH
}

/** The one that answered if it is among them; then IPv4. An address that needs an interface beside it fits no URL. */
function choose(source, addresses) {
  const usable = addresses.filter(address => !/^fe[89ab].*:/.test(address))
  return usable.find(address => address === source) ?? usable.find(address => isIP(address) === 4) ?? usable[0]
}

// -- small parts -------------------------------------------------------------------------------------------------------------------------

function apiRoot(given) {
  let url
  try {
    url = new URL(given.trim())
  } catch {
    // Told below, with the rest.
  }
  if (!url?.host || !/^https?:$/.test(url.protocol)) throw new TypeError(`Beacon's address must be like http://192.168.1.2:8080, not ${given}`)
  const below = url.pathname.replace(/\/+$/, '')
  return url.origin + (below || API_PATH)
}

function path(serviceId) {
  return `/services/${encodeURIComponent(serviceId)}`
}

function query(conditions) {
  const pairs = Object.entries(conditions).flatMap(([key, value]) =>
    key === 'metadata' ? Object.entries(value).map(([name, text]) => [`metadata.${name}`, text])
      : [value].flat().filter(one => one !== undefined).map(one => [key, one]))
  return new URLSearchParams(pairs).toString()
}

async function readBounded(answer) {
  const pieces = []
  let size = 0
  for await (const piece of answer.body ?? []) {
    size += piece.length
    if (size > MAX_ANSWER) throw new RangeError(`an answer longer than ${MAX_ANSWER} bytes`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

function parse(text) {
  const value = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('an answer that is not Beacon\'s')
  return value
}

/** Beacon's sentence; of a list of problems, each with its member: `port: Input should be …`. */
function sentence(text, status) {
  try {
    const { detail } = parse(text)
    if (Array.isArray(detail)) return detail.map(one => `${one.loc.slice(1).join('.') || one.loc[0]}: ${one.msg}`).join('; ')
    if (detail) return String(detail)
  } catch {
    // Not Beacon's words: a proxy's, perhaps.
  }
  return `HTTP status ${status}`
}

function retryAfter(answer) {
  const value = answer.headers.get('retry-after') ?? ''
  return /^\d+$/.test(value) ? Number(value) * 1000 : 0
}

function pause(milliseconds, signal) {
  return new Promise(resolve => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal?.addEventListener('abort', done)
  })
}

function isLoopback(address) {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

/** The address the system would send from; nothing is sent. Undefined when there is no way. */
function addressTowards(host, port) {
  return new Promise(resolve => {
    const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4')
    const done = address => socket.close(() => resolve(address?.replace(/%.*$/, '')))
    socket.once('error', () => done())
    socket.connect(port, host, () => done(socket.address().address))
  })
}
