import type { Service } from '../api/contracts';

/** A service for specs; what matters is said. */
export function sample(id: string, members: Partial<Service> = {}): Service {
  return {
    service_id: id,
    name: id,
    type: 'http',
    host: '10.0.0.1',
    port: 80,
    protocol: 'http',
    tags: [],
    metadata: {},
    status: 'active',
    ttl: 300,
    expires_at: '2026-11-24T10:05:00Z',
    last_heartbeat: '2026-11-24T10:00:00Z',
    created_at: '2026-11-24T09:00:00Z',
    updated_at: '2026-11-24T10:00:00Z',
    health_check_url: null,
    health_check_interval: 60,
    health_check_timeout: 10,
    health_check_retries: 3,
    last_health_check: null,
    consecutive_health_failures: 0,
    health_check_enabled: true,
    fallback_to_health_check: true,
    mdns_service_type: '_http._tcp',
    ...members,
  };
}
