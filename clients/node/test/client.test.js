import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { after, afterEach, before, describe, test } from 'node:test'
import { BeaconClient, BeaconError, Registration, retryDelay } from '../beacon-client.js'
import { Beacon, freePort, until } from './support.js'

const TTL = 10
const HOST = '192.0.2.7'

describe('with Beacon there', () => {
  let beacon, client

  before(async () => {
    beacon = await Beacon.start()
    client = new BeaconClient(beacon.url)
  })

  after(() => beacon.stop())

  afterEach(async () => {
    for (const service of await beacon.services()) await client.deregister(service.service_id)
  })

  test('a service is found until it is closed', async () => {
    const printer = await client.register({ name: 'printer', port: 631, host: HOST, type: 'ipp', tags: ['office'], metadata: { floor: 2 }, ttl: TTL })
    const found = await client.discover({ type: 'ipp', tags: ['office', 'nowhere'], metadata: { floor: '2' } })
    assert.deepEqual(found.map(one => [one.service_id, one.name, one.host, one.port]), [[printer.serviceId, 'printer', HOST, 631]])
    assert.deepEqual(await client.discover({ type: 'nothing of the kind' }), [])
    await printer.close()
    assert.deepEqual(await beacon.services(), [])
    await client.deregister('it is gone already')
  })

  test('names of every alphabet arrive as they are', async () => {
    for (const name of ['Küche Broker', 'プリンター', '🌡 sensor', 'quote " and \\ backslash']) {
      const registration = await client.register({ name, port: 80, host: HOST, metadata: { räum: name } })
      const [service] = await client.discover({ name })
      assert.deepEqual([service.name, service.metadata], [name, { räum: name }])
      await registration.close()
    }
  })

  test('a renewal moves the end of the lease and is due long before it', async () => {
    for (const chance of [0, 0.999]) {
      const registration = new Registration(client, { name: 'lamp', port: 80, host: HOST, ttl: TTL }, { random: () => chance })
      const first = await registration.step()
      assert.ok(first > TTL * 250 && first < TTL * 500, `${first} ms`)
      const { expires_at: before } = await client.service(registration.serviceId)
      await registration.step()
      assert.ok((await client.service(registration.serviceId)).expires_at > before)
      await registration.close()
    }
  })

  test('wrong input is answered with what Beacon says of it', async () => {
    await assert.rejects(client.register({ name: 'lamp', port: 0, host: HOST, ttl: 1 }), {
      name: 'BeaconError',
      status: 422,
      message: 'port: Input should be greater than or equal to 1; ttl: Input should be greater than or equal to 10',
    })
    await assert.rejects(client.heartbeat('no such id'), { status: 404, message: 'Service not found' })
  })

  test('without a host it is this machine as others see it', async () => {
    const registration = await client.register({ name: 'here', port: 80 })
    const [{ host }] = await beacon.services()
    assert.equal(host, await client.ownAddress())
    assert.doesNotMatch(host, /^127\./)
    await registration.close()
  })

  test('a machine that got another address keeps its service id', async () => {
    const moving = new BeaconClient(beacon.url)
    moving.ownAddress = async () => '192.0.2.7'
    const registration = await moving.register({ name: 'moving', port: 80 })
    moving.ownAddress = async () => '192.0.2.8'
    await registration.step()
    assert.deepEqual((await beacon.services()).map(one => [one.service_id, one.host]), [[registration.serviceId, '192.0.2.8']])
    await registration.close()
  })

  test('a list longer than a page comes whole', async () => {
    await Promise.all(Array.from({ length: 103 }, (_, number) =>
      client.request('POST', '/services/register', { body: { name: `lamp ${number}`, port: 80, host: HOST, type: 'lamp' } })))
    const lamps = await client.discover({ type: 'lamp' })
    assert.equal(new Set(lamps.map(one => one.service_id)).size, 103)
    for (const lamp of lamps) await client.deregister(lamp.service_id)
  })

  const ways = { 'the event log': { WebSocket: undefined }, 'a WebSocket': {} }
  for (const [way, options] of Object.entries(ways)) {
    const skip = way === 'a WebSocket' && !globalThis.WebSocket ? 'this Node has no WebSocket' : false
    test(`watching over ${way} tells what happens, in order, until it is aborted`, { skip }, async () => {
      const ending = new AbortController()
      const told = []
      const watching = new BeaconClient({ url: beacon.url, ...options })
      for await (const { type, name } of watching.watch({ signal: ending.signal, interval: 20 })) {
        told.push(type === 'resync' ? type : `${type} ${name}`)
        if (told.length === 1) {
          const registration = await client.register({ name: 'wätched', port: 80, host: HOST })
          await registration.close()
        }
        if (told.length === 3) ending.abort()
      }
      assert.deepEqual(told, ['resync', 'service_registered wätched', 'service_deregistered wätched'])
    })

    test(`watching over ${way} goes on after Beacon was away`, { skip }, async () => {
      const mortal = await Beacon.start()
      try {
        const told = []
        for await (const { type } of new BeaconClient({ url: mortal.url, ...options }).watch({ interval: 20 })) {
          told.push(type)
          if (told.length === 1) {
            await mortal.kill()
            await mortal.start()
          } else if (type === 'resync') {
            await new BeaconClient(mortal.url).request('POST', '/services/register', { body: { name: 'new', port: 80, host: HOST } })
          } else {
            break
          }
        }
        assert.deepEqual(told, ['resync', 'resync', 'service_registered'])
      } finally {
        await mortal.stop()
      }
    })
  }

  test('SIGTERM takes away every service before it ends the program', async () => {
    const program = `
      import { BeaconClient } from '${new URL('../beacon-client.js', import.meta.url)}'
      const beacon = new BeaconClient()
      for (const name of ['a', 'b']) await beacon.register({ name, port: 80, host: '${HOST}' }, { closeOnSignals: true })`
    const running = spawn(process.execPath, ['--input-type=module', '-e', program], { env: { ...process.env, BEACON_URL: beacon.url }, stdio: 'inherit' })
    const ended = new Promise(resolve => running.once('exit', (_, signal) => resolve(signal)))
    assert.ok(await until(async () => (await beacon.services()).length === 2))
    running.kill('SIGTERM')
    assert.equal(await ended, 'SIGTERM')
    assert.deepEqual(await beacon.services(), [])
  })
})

describe('with Beacon away', () => {
  test('an emptied Beacon gets the service again without anybody asking', async () => {
    const beacon = await Beacon.start()
    try {
      const registration = await new BeaconClient(beacon.url).register({ name: 'faithful', port: 80, host: HOST, ttl: TTL }, { random: () => 0 })
      const first = registration.serviceId
      await beacon.kill()
      await beacon.start()
      assert.deepEqual(await beacon.services(), [])
      assert.ok(await until(async () => (await beacon.services()).length === 1))
      assert.notEqual(registration.serviceId, first)
      await registration.close()
    } finally {
      await beacon.stop()
    }
  })

  test('a program may start before Beacon does', async () => {
    const port = await freePort()
    const registration = await new BeaconClient(`http://127.0.0.1:${port}`).register({ name: 'early', port: 80, host: HOST }, { random: () => 0 })
    assert.equal(registration.serviceId, undefined)
    assert.equal(registration.lastError.status, 0)
    const beacon = await Beacon.start(port)
    try {
      assert.ok(await until(async () => (await beacon.services()).length === 1))
      await registration.close()
      assert.deepEqual(await beacon.services(), [])
    } finally {
      await beacon.stop()
    }
  })

  test('an hour of absence is not filled with requests, and told once', async () => {
    let requests = 0
    const fetch = async () => {
      requests++
      throw new TypeError('fetch failed')
    }
    const registration = new Registration(new BeaconClient({ url: 'http://192.0.2.1', fetch }), { name: 'patient', port: 80, host: HOST }, { random: () => 0 })
    const told = []
    registration.on('problem', error => told.push(error.message))
    for (let passed = 0; passed < 3_600_000;) passed += await registration.step()
    assert.ok(requests < 130, `${requests} requests`)
    assert.deepEqual(told, ['Beacon cannot be reached: fetch failed'])
  })

  test('waits double up to a minute and are never shorter than Beacon asked', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 8].map(n => retryDelay(n, 0, () => 1)), [1, 2, 4, 8, 16, 32, 60, 60].map(n => n * 1000))
    assert.equal(retryDelay(1e6, 0, () => 1), 60_000)
    assert.equal(retryDelay(1, 0, () => 0), 500)
    assert.equal(retryDelay(1, 20_000), 20_000)
    assert.equal(retryDelay(1, 1e12), 300_000)
  })

  test('what Beacon asks to wait is waited', async () => {
    const fetch = async () => new Response('{"detail":"The registry is full"}', { status: 503, headers: { 'retry-after': '90' } })
    const registration = new Registration(new BeaconClient({ url: 'http://192.0.2.1', fetch }), { name: 'x', port: 80, host: HOST })
    assert.equal(await registration.step(), 90_000)
    assert.equal(registration.lastError.message, 'The registry is full')
  })

  test('what is no Beacon is an error and not a crash', async () => {
    for (const body of ['<html>', '[1]', '{}', '['.repeat(100_000), '\xff', '']) {
      const server = createServer((_, answer) => answer.writeHead(201).end(body))
      await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
      const registration = new Registration(new BeaconClient(`http://127.0.0.1:${server.address().port}`), { name: 'x', port: 80, host: HOST })
      assert.ok(await registration.step() <= 60_000)
      assert.ok(registration.lastError instanceof BeaconError)
      assert.equal(registration.serviceId, undefined)
      server.closeAllConnections?.()
      server.close()
    }
  })

  test('a Beacon that hangs holds nobody up', async () => {
    const silent = createTcpServer()
    await new Promise(resolve => silent.listen(0, '127.0.0.1', resolve))
    const begun = Date.now()
    const client = new BeaconClient({ url: `http://127.0.0.1:${silent.address().port}`, timeout: 300 })
    const registration = await client.register({ name: 'patient', port: 80, host: HOST }, { random: () => 0 })
    assert.equal(registration.lastError.status, 0)
    await new Promise(resolve => setTimeout(resolve, 600))   // Into the second try.
    await registration.close()
    assert.ok(Date.now() - begun < 2_000)
    silent.close()
  })

  test('addresses: with a path the root of an API, otherwise its host; what is none is refused at once', async () => {
    assert.equal(await new BeaconClient('https://example.org/beacon/api/v1/').root(), 'https://example.org/beacon/api/v1')
    assert.equal(await new BeaconClient('http://192.0.2.1:8080/').root(), 'http://192.0.2.1:8080/api/v1')
    for (const url of ['beacon.local:8080', 'ftp://beacon.local', 'http://']) assert.throws(() => new BeaconClient(url), TypeError)
  })
})
