// The published binary running on a port of its own. It can die and come back at the same address, with nothing in its data directory.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const BINARY = process.env.BEACON_BINARY
const FIRST_PORT = Number(process.env.BEACON_TEST_PORT ?? 18500)
const PORTS = 20
const START_LIMIT = 20_000

export async function until(condition, limit = 10_000) {
  for (const end = Date.now() + limit; ;) {
    const answer = await condition()
    if (answer || Date.now() > end) return answer
    await sleep(20)
  }
}

export async function freePort() {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS)
    const isFree = await new Promise(resolve => {
      const server = createServer().once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}

export class Beacon {
  #folders = []
  #process

  static async start(port) {
    const beacon = new Beacon()
    beacon.port = port ?? await freePort()
    beacon.url = `http://127.0.0.1:${beacon.port}`
    await beacon.start()
    return beacon
  }

  async start() {
    if (!BINARY) throw new Error('BEACON_BINARY must name the published binary')
    const folder = mkdtempSync(join(tmpdir(), 'beacon-clients-'))
    this.#folders.push(folder)
    const { PATH, HOME, TMPDIR } = process.env
    this.#process = spawn(BINARY, ['serve', '--port', String(this.port), '--data-dir', folder, '--mdns', 'off'], { stdio: 'ignore', env: { PATH, HOME, TMPDIR } })
    const isReady = await until(() => fetch(`${this.url}/api/v1/ready`).then(answer => answer.ok, () => false), START_LIMIT)
    if (!isReady) throw new Error('Beacon did not become ready')
  }

  async kill() {
    const ended = new Promise(resolve => this.#process.once('exit', resolve))
    this.#process.kill('SIGKILL')
    await ended
  }

  async stop() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.kill()
    this.#folders.forEach(folder => rmSync(folder, { recursive: true, force: true }))
  }

  async services() {
    return (await (await fetch(`${this.url}/api/v1/services?limit=100`)).json()).services
  }
}
