import type { Service, ServiceStatus } from '../api/contracts';

/** A heartbeat or an expiry: what may change of a service without the service changing. */
export interface LeaseChange {
  status: ServiceStatus;
  expires_at: string;
  last_heartbeat: string;
}

/** One service as the screens hold it: never changed, replaced as a whole. */
export class ServiceEntry {
  readonly service: Service;
  readonly status: ServiceStatus;
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly lastHeartbeat: number;
  /** Everything a search looks at, in lower case. */
  readonly text: string;

  private constructor(service: Service, text: string) {
    this.service = service;
    this.status = service.status;
    this.expiresAt = Date.parse(service.expires_at);
    this.lastHeartbeat = Date.parse(service.last_heartbeat);
    this.text = text;
  }

  static of(service: Service): ServiceEntry {
    const words = [
      service.name,
      service.host,
      service.type,
      String(service.port),
      ...service.tags,
      ...Object.values(service.metadata),
    ];
    return new ServiceEntry(service, words.join('\n').toLowerCase());
  }

  get id(): string {
    return this.service.service_id;
  }

  get address(): string {
    const { host, port } = this.service;
    return host.includes(':') && !host.startsWith('[') ? `[${host}]:${String(port)}` : `${host}:${String(port)}`;
  }

  /** Where a browser could go; undefined for what browsers do not speak. */
  get link(): string | undefined {
    const { protocol, host, metadata, type } = this.service;
    const scheme = protocol.toLowerCase();
    const speaks = scheme === 'https' || (scheme === 'http' && !silent.has(type.toLowerCase()));
    if (!speaks || /[\s/?#@\\]/.test(host)) return undefined;
    const path = metadata['path'] ?? '/';
    return `${scheme}://${this.address}${path.startsWith('/') ? path : '/'}`;
  }

  /** What the change leaves out stays. */
  renewed(change: Partial<LeaseChange>): ServiceEntry {
    const said = Object.entries(change).filter(([, value]) => value !== undefined);
    return new ServiceEntry({ ...this.service, ...Object.fromEntries(said) }, this.text);
  }
}

/** Types that are registered with the default protocol http although they do not speak it. */
const silent = new Set(['mqtt', 'database', 'tcp', 'udp', 'ssh', 'coap', 'modbus']);
