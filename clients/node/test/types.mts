// Not run, only compiled: what beacon-client.d.ts says can be written, and what it refuses.
import { BeaconClient, BeaconError, findBeacon, type Registration } from '../beacon-client.js'

const beacon = new BeaconClient({ url: 'http://192.0.2.1:8080', fetch, WebSocket: undefined, timeout: 1_000 })
const registration: Registration = await beacon.register({ name: 'lamp', port: 80, ttl: 60, tags: ['a'], metadata: { floor: 1 } }, { closeOnSignals: true })
registration.on('problem', problem => console.log(problem.message, problem.status)).on('registered', id => console.log(id.length))

for (const service of await beacon.discover({ type: 'mqtt', tags: ['a'] })) console.log(service.name.length, service.port.toFixed(), service.metadata.room)
for await (const change of beacon.watch({ signal: AbortSignal.timeout(1) })) if (change.type === 'resync') break
try {
  await registration.close()
} catch (error) {
  if (error instanceof BeaconError) console.log(error.retryAfter)
}

const root: string | undefined = await findBeacon({ timeout: 1 })
console.log(root, (await beacon.events({ kind: ['service_expired'] })).next)

// @ts-expect-error a service has a port
await beacon.register({ name: 'lamp' })
// @ts-expect-error there is no such change
for await (const change of beacon.watch()) if (change.type === 'rumour') break
