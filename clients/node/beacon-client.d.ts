import { EventEmitter } from 'node:events'

/** What a service is registered with. `host` is where others reach it; without it, this machine's address towards Beacon. */
export interface ServiceDescription {
  name: string
  port: number
  host?: string
  type?: string
  protocol?: string
  /** Length of the lease in seconds, 10 to 86400. */
  ttl?: number
  tags?: string[]
  metadata?: Record<string, string | number | boolean>
  health_check_url?: string | null
  health_check_interval?: number | null
  health_check_timeout?: number
  health_check_retries?: number
  mdns_service_type?: string
  mdns_txt_records?: Record<string, string>
  [member: string]: unknown
}

export interface Service {
  service_id: string
  name: string
  type: string
  host: string
  port: number
  protocol: string
  tags: string[]
  metadata: Record<string, string>
  status: 'active' | 'unhealthy' | 'expired' | 'inactive'
  ttl: number
  expires_at: string
  last_heartbeat: string
  created_at: string
  updated_at: string
  [member: string]: unknown
}

export interface Filters {
  type?: string
  /** A service needs one of them. */
  tags?: string | string[]
  protocol?: string
  name?: string
  host?: string
  status?: string
  metadata?: Record<string, string>
  q?: string
}

export interface Heartbeat {
  service_id: string
  status: string
  expires_at: string
  last_heartbeat: string
  message: string
}

export interface LogEntry {
  id: number
  timestamp: string
  kind: string
  service_id: string | null
  service_name: string | null
  source: string | null
  detail: string | null
}

export interface LogConditions {
  limit?: number
  before?: number
  service_id?: string
  kind?: string | string[]
  q?: string
  since?: string
  until?: string
}

/** `resync`: read the list again. It comes first, too. */
export interface Change {
  type:
    | 'resync'
    | 'service_registered'
    | 'service_updated'
    | 'service_deregistered'
    | 'service_expired'
    | 'service_returned'
    | 'health_status_changed'
    | 'services_cleanup'
  serviceId?: string
  name?: string
  /** Over a WebSocket the event's data, otherwise the entry of the event log. */
  data?: Record<string, unknown>
}

export interface ClientOptions {
  /** `http://192.168.1.2:8080`; with a path it is the root of the API. Default: BEACON_URL, then mDNS. */
  url?: string
  /** Of one request, in milliseconds. */
  timeout?: number
  fetch?: typeof fetch
  /** The WebSocket to watch with; undefined: out of the event log. Default: the platform's, if it has one. */
  WebSocket?: unknown
}

export interface RegistrationOptions {
  /** From 0 to below 1; spreads renewals. */
  random?: () => number
  /** SIGTERM and SIGINT take the service away before they end the program. Default: false. */
  closeOnSignals?: boolean
}

export class BeaconError extends Error {
  /** 0 when nobody answered. */
  readonly status: number
  /** Milliseconds. */
  readonly retryAfter: number
  readonly passes: boolean
}

export class BeaconClient {
  constructor(options?: string | ClientOptions)
  root(): Promise<string>
  register(service: ServiceDescription, options?: RegistrationOptions): Promise<Registration>
  heartbeat(serviceId: string, ttl?: number): Promise<Heartbeat>
  update(serviceId: string, members: Partial<ServiceDescription>): Promise<Service>
  deregister(serviceId: string, options?: { timeout?: number }): Promise<void>
  service(serviceId: string): Promise<Service>
  discover(filters?: Filters): Promise<Service[]>
  events(conditions?: LogConditions): Promise<{ events: LogEntry[]; next: number | null }>
  watch(options?: { signal?: AbortSignal; interval?: number }): AsyncGenerator<Change, void, undefined>
  ownAddress(): Promise<string>
  request(method: string, path: string, options?: { body?: unknown; timeout?: number }): Promise<any>
}

export class Registration extends EventEmitter {
  constructor(client: BeaconClient, service: ServiceDescription, options?: RegistrationOptions)
  /** Undefined while Beacon does not know the service. */
  readonly serviceId: string | undefined
  readonly lastError: BeaconError | undefined
  start(): Promise<this>
  step(): Promise<number>
  close(): Promise<void>
  on(event: 'registered', listener: (serviceId: string) => void): this
  on(event: 'problem', listener: (error: BeaconError) => void): this
}

/** Milliseconds. */
export function retryDelay(failures: number, retryAfter?: number, random?: () => number): number
export function findBeacon(options?: { timeout?: number }): Promise<string | undefined>
export function readAnswer(datagram: Uint8Array, number: number, source: string): string | undefined
